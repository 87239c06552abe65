import * as z from "zod";
import type { LogLine } from "../log-line.ts";
import { keepLast } from "./keep-last.ts";
import {
  type Bodies,
  isFound,
  type MessageWay,
  type SentPart,
  type WayKey,
  type WaySearch,
  type WayStep,
} from "./message-way.ts";
import { SEEN } from "./seen-words.ts";
import { wayState } from "./way-state.ts";

const MAX_MESSAGES = 500;
/** A message can be tried hundreds of times. */
const MAX_STEPS = 100;

/** The ways of the last 500 messages, from what the functions log and the local run sees. */
export interface MessageWays {
  /** The way that the line belongs to, with it; undefined for a line about no message. */
  take(line: LogLine): MessageWay | undefined;
  /** The way with one more step, and with the bodies of a request. */
  add(key: WayKey, step: WayStep, bodies?: Bodies): MessageWay;
  /** The way with what LINE has accepted of it. */
  sent(key: WayKey, part: SentPart): MessageWay | undefined;
  /** LINE's message id of an event. Functions log it only when they have delivered the message. */
  name(brand: string, correlationId: string, messageId: string): MessageWay | undefined;
  /** Undefined where no step that is kept has an exchange of this number. */
  bodies(exchange: number): Bodies | undefined;
  /** From when on no message is left out; milliseconds since 1970, 0 for the beginning. */
  completeSince(): number;
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

interface Known extends WayKey {
  steps: WayStep[];
  leftOut: number;
  sent: SentPart[];
  bodies: Map<number, Bodies>;
}

export function createMessageWays(): MessageWays {
  const ways = new Map<string, Known>();
  const messageIds = new Map<string, string>();

  function wayOf({ bodies: _, sent, ...known }: Known): MessageWay {
    return {
      ...known,
      messageId: messageIds.get(keyOf(known.brand, known.correlationId)),
      ...(sent.length > 0 && { sent: [...sent] }),
      ...wayState(known.from, known.steps),
    };
  }

  function wayAt(key: string): MessageWay | undefined {
    const known = ways.get(key);
    return known && wayOf(known);
  }

  function knownOf({ brand, correlationId, from }: WayKey): Known {
    const key = keyOf(brand, correlationId);
    const empty = { steps: [], leftOut: 0, sent: [], bodies: new Map() };
    const known = ways.get(key) ?? { brand, correlationId, from, ...empty };
    keepLast(ways, key, known, MAX_MESSAGES);
    return known;
  }

  return {
    take({ text }) {
      const line = about.safeParse(parsed(text));
      if (!line.success) return undefined;
      const { level, message, timestamp: at, service, brand, correlationId, ...fields } = line.data;
      const from = service.startsWith("outbound") ? "Genesys" : "LINE";
      const messageId = messageIdOf(fields);
      const key = keyOf(brand, correlationId);
      if (messageId !== undefined) keepLast(messageIds, key, messageId, MAX_MESSAGES);
      const known = knownOf({ brand, correlationId, from });
      addStep(known, { at, service, level, message, fields });
      return wayOf(known);
    },
    add(key, step, bodies) {
      const known = knownOf(key);
      if (bodies !== undefined && step.exchange) known.bodies.set(step.exchange.number, bodies);
      addStep(known, step);
      return wayOf(known);
    },
    sent({ brand, correlationId }, sent) {
      const key = keyOf(brand, correlationId);
      const known = ways.get(key);
      const isNew = !known?.sent.some(({ part, ids }) => isSame({ part, ids }, sent));
      if (isNew) known?.sent.push(sent);
      return known && wayOf(known);
    },
    name(brand, correlationId, messageId) {
      const key = keyOf(brand, correlationId);
      keepLast(messageIds, key, messageId, MAX_MESSAGES);
      return wayAt(key);
    },
    bodies: (exchange) =>
      [...ways.values()].map(({ bodies }) => bodies.get(exchange)).find((one) => one !== undefined),
    completeSince() {
      const [oldest] = ways.values();
      return ways.size < MAX_MESSAGES ? 0 : (oldest?.steps[0]?.at ?? 0);
    },
    list: (search) =>
      [...ways.values()]
        .reverse()
        .map(wayOf)
        .filter((way) => isFound(way, search)),
  };
}

function keyOf(brand: string, correlationId: string): string {
  return `${brand} ${correlationId}`;
}

/** LINE answers a push that it has had with the same ids. */
function isSame(one: SentPart, other: SentPart): boolean {
  return one.part === other.part && one.ids.join() === other.ids.join();
}

function addStep(known: Known, step: WayStep): void {
  const { steps, bodies } = known;
  steps.splice(placeOf(step, steps), 0, step);
  if (steps.length <= MAX_STEPS) return;
  const [left] = steps.splice(1, 1);
  if (left?.exchange !== undefined) bodies.delete(left.exchange.number);
  known.leftOut += 1;
}

/**
 * Functions log at the same time, so a line may come before an earlier one. That a message is stored is logged when SQS
 * has answered, and by then another function can have taken it.
 */
function placeOf(step: WayStep, steps: readonly WayStep[]): number {
  const byTime = steps.findLastIndex(({ at }) => at <= step.at) + 1;
  const stored = steps.findIndex(({ message }) => message === SEEN.stored);
  if (step.message === SEEN.taken) return Math.max(byTime, stored + 1);
  if (step.message !== SEEN.stored || stored >= 0) return byTime;
  const taken = steps.findIndex(({ message }) => message === SEEN.taken);
  return taken < 0 ? byTime : Math.min(byTime, taken);
}

const withMessageId = z.object({ messageId: z.string() });

/** Without the number of a part. */
function messageIdOf(fields: unknown): string | undefined {
  return withMessageId.safeParse(fields).data?.messageId.split("#")[0];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
