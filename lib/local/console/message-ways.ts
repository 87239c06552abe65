import * as z from "zod";
import type { LogLine } from "../log-line.ts";
import {
  isFound,
  type MessageWay,
  type Outcome,
  type WaySearch,
  type WayStep,
} from "./message-way.ts";

const MAX_MESSAGES = 500;
/** A message can be tried hundreds of times. */
const MAX_STEPS = 100;

/** The ways of the last 500 messages, from what the functions log. */
export interface MessageWays {
  /** The way that the line belongs to, with it; undefined for a line about no message. */
  take(line: LogLine): MessageWay | undefined;
  /** LINE's message id of an event. Functions log it only when they have delivered the message. */
  name(brand: string, correlationId: string, messageId: string): MessageWay | undefined;
  /** Newest first. */
  list(search: WaySearch): MessageWay[];
}

const about = z.looseObject({
  level: z.string(),
  message: z.string(),
  timestamp: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  service: z.string(),
  brand: z.string(),
  correlationId: z.string(),
});

interface Known {
  brand: string;
  correlationId: string;
  from: MessageWay["from"];
  steps: WayStep[];
  leftOut: number;
}

export function createMessageWays(): MessageWays {
  const ways = new Map<string, Known>();
  const messageIds = new Map<string, string>();

  function wayOf(key: string): MessageWay | undefined {
    const known = ways.get(key);
    return known && { ...known, messageId: messageIds.get(key), ...stateOf(known) };
  }

  return {
    take({ text }) {
      const line = about.safeParse(parsed(text));
      if (!line.success) return undefined;
      const { level, message, timestamp: at, service, brand, correlationId, ...fields } = line.data;
      const key = keyOf(brand, correlationId);
      const from = service.startsWith("outbound") ? "Genesys" : "LINE";
      const known = ways.get(key) ?? { brand, correlationId, from, steps: [], leftOut: 0 };
      keep(ways, key, known);
      addStep(known, { at, service, level, message, fields });
      const messageId = messageIdOf(fields);
      if (messageId !== undefined) keep(messageIds, key, messageId);
      return wayOf(key);
    },
    name(brand, correlationId, messageId) {
      const key = keyOf(brand, correlationId);
      keep(messageIds, key, messageId);
      return wayOf(key);
    },
    list: (search) =>
      [...ways.keys()]
        .reverse()
        .flatMap((key) => wayOf(key) ?? [])
        .filter((way) => isFound(way, search)),
  };
}

function keyOf(brand: string, correlationId: string): string {
  return `${brand} ${correlationId}`;
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MAX_MESSAGES && oldest !== undefined) map.delete(oldest);
}

/** Functions log at the same time, so a line may come before an earlier one. */
function addStep(known: Known, step: WayStep): void {
  const { steps } = known;
  const after = steps.findLastIndex(({ at }) => at <= step.at);
  steps.splice(after + 1, 0, step);
  if (steps.length <= MAX_STEPS) return;
  steps.splice(1, 1);
  known.leftOut += 1;
}

const withMessageId = z.object({ messageId: z.string() });

/** Without the number of a part. */
function messageIdOf(fields: unknown): string | undefined {
  return withMessageId.safeParse(fields).data?.messageId.split("#")[0];
}

const why = z.object({
  seconds: z.number().optional(),
  errorMessage: z.string().optional(),
  errorName: z.string().optional(),
});

function stateOf({ from, steps }: Known): Pick<MessageWay, "outcome" | "reason" | "nextTryAt"> {
  // A receipt has its message's id, but is on its way in the other direction.
  const own = steps.filter(
    ({ service }) => service.startsWith("outbound") === (from === "Genesys"),
  );
  const last = own.findLast((step) => outcomeOf(step) !== undefined);
  const outcome = (last && outcomeOf(last)) ?? "stored";
  if (last === undefined) return { outcome };
  const { seconds, errorMessage, errorName } = why.safeParse(last.fields).data ?? {};
  const reason = errorMessage ?? errorName ?? whyNot(last.message);
  return {
    outcome,
    reason,
    ...(seconds !== undefined && { nextTryAt: last.at + seconds * 1_000 }),
  };
}

/** What a step says of the message's fate. A message that is stored once more has the fate it had. */
function outcomeOf({ message }: WayStep): Outcome | undefined {
  if (/^(Delivered|Delivered media|Had been delivered) to /.test(message)) return "delivered";
  if (message === "Will try a message again") return "trying again";
  if (message === "Put a message off, untried") return "waiting";
  if (message === "Parked a message") return "parked";
  if (message === "Ignored on purpose") return "ignored";
  return message.startsWith("Not pushed: ") ? "not pushed" : undefined;
}

/** For example `the customer has blocked the account`. */
function whyNot(message: string): string | undefined {
  return /^Not pushed: (.*)$/.exec(message)?.[1];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
