import * as z from "zod";
import type { MessageWay, Origin, Outcome, WayStep } from "./message-way.ts";
import { SEEN } from "./seen-words.ts";

const why = z.object({
  seconds: z.number().optional(),
  errorMessage: z.string().optional(),
  errorName: z.string().optional(),
});

/** What has become of a message, by the steps of its way. */
export function wayState(
  from: Origin,
  steps: readonly WayStep[],
): Pick<MessageWay, "outcome" | "reason" | "nextTryAt"> {
  // A receipt has its message's id, but is on its way in the other direction.
  const own = steps.filter(
    ({ service }) => service.startsWith("outbound") === (from === "Genesys"),
  );
  const last = own.findLast((step) => outcomeOf(step) !== undefined);
  const outcome = last && outcomeOf(last);
  if (last === undefined || outcome === undefined) return silentState(own, steps);
  const { seconds, errorMessage, errorName } = why.safeParse(last.fields).data ?? {};
  const reason = errorMessage ?? errorName ?? whyNot(last.message);
  return {
    outcome,
    reason,
    ...(seconds !== undefined && { nextTryAt: last.at + seconds * 1_000 }),
  };
}

/** What a step says of the message's fate. A message that is stored once more has the fate it had. */
export function outcomeOf({ message }: Pick<WayStep, "message">): Outcome | undefined {
  if (/^(Delivered|Delivered media|Had been delivered) to /.test(message)) return "delivered";
  if (message === "Will try a message again") return "trying again";
  if (message === "Put a message off, untried") return "waiting";
  if (message === "Parked a message") return "parked";
  // Typing that cannot be shown at once is dropped on purpose.
  if (message === "Ignored on purpose" || message === "Could not show the loading animation") {
    return "ignored";
  }
  return message.startsWith("Not pushed: ") ? "not pushed" : undefined;
}

/** Where no function has logged what became of it: that is so of typing, for example. */
function silentState(
  own: readonly WayStep[],
  steps: readonly WayStep[],
): Pick<MessageWay, "outcome" | "reason"> {
  const isShown = steps.some(
    ({ message, exchange }) => message === SEEN.loading && isSuccess(exchange?.status),
  );
  if (isShown) return { outcome: "delivered" };
  const inQueue = own.findLast(({ message }) => IN_QUEUE.has(message));
  if (inQueue?.message === SEEN.deleted) {
    return { outcome: "finished" };
  }
  const webhooks = steps.filter(({ message }) => message === SEEN.webhook);
  const isStored = own.some(({ message }) => message === SEEN.stored);
  const refused = webhooks.at(-1)?.exchange;
  if (isStored || refused === undefined || webhooks.some(isAccepted)) return { outcome: "stored" };
  return { outcome: "refused", reason: `the webhook was answered ${refused.status}` };
}

const IN_QUEUE: ReadonlySet<string> = new Set([SEEN.taken, SEEN.deleted, SEEN.kept]);

function isAccepted({ exchange }: WayStep): boolean {
  return isSuccess(exchange?.status);
}

function isSuccess(status = 0): boolean {
  return status >= 200 && status < 300;
}

/** For example `the customer has blocked the account`. */
function whyNot(message: string): string | undefined {
  return /^Not pushed: (.*)$/.exec(message)?.[1];
}
