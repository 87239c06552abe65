import { type InterfereWithWebhook, lineSignature } from "../simulators/line/webhook-delivery.ts";
import type { Fault } from "./fault-names.ts";

/** The requests that are lost before one arrives: with LINE's pauses that is after four seconds. */
const LOST_REQUESTS = 2;

const NO_ANSWER = { status: 0, reason: "unreachable" } as const;

/**
 * What goes wrong between LINE and the webhook while these faults are on. LINE sends again what it has no 2xx for,
 * so nothing is lost in the end: `line-duplicate` loses the answer to a first request, `line-late` the first two
 * requests, and `line-signature` signs every request with a wrong secret.
 */
export function webhookFaults(on: ReadonlySet<Fault>): InterfereWithWebhook {
  return async ({ number, body }, send) => {
    if (on.has("line-late") && number <= LOST_REQUESTS) return NO_ANSWER;
    const result = await (on.has("line-signature")
      ? send(lineSignature("not the channel's secret", body))
      : send());
    return on.has("line-duplicate") && number === 1 ? NO_ANSWER : result;
  };
}
