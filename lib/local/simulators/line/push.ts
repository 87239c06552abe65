import { createHash } from "node:crypto";
import * as z from "zod";
import { forgetBefore } from "./forget-before.ts";
import { type LineOutbox, messageList, type SentMessage } from "./outbox.ts";
import { invalidProperty, LineRefusal, parseBody } from "./refusal.ts";

/** LINE, Retrying an API request: a retry key is remembered for 24 hours. */
const RETRY_KEY_MILLISECONDS = 24 * 3600 * 1000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A user, a group or a room. */
const RECIPIENT = /^[UCR][0-9a-f]{32}$/;

const pushBody = z.object({
  to: z.string().min(1),
  messages: messageList,
  notificationDisabled: z.boolean().optional(),
  customAggregationUnits: z
    .array(z.string().regex(/^\w{1,30}$/))
    .max(1)
    .optional(),
});

interface PushAnswer {
  /** `push`, or `push retry` (with another name where the body is not the first try's). */
  what: string;
  text: string;
  status: number;
  headers?: Record<string, string>;
  body: { sentMessages: SentMessage[]; message?: string };
}

interface Accepted {
  at: number;
  requestId: string;
  bodyDigest: string;
  sentMessages: SentMessage[];
}

export interface LinePush {
  /** @throws {LineRefusal} */
  push(request: {
    brandKey: string;
    requestId: string;
    retryKey: string | undefined;
    body: unknown;
  }): PushAnswer;
  /** Keeps so many messages of the month for a broadcast that is being delivered; none of them is counted yet. */
  reserve(brandKey: string, messages: number): void;
  /** Messages counted this month: one for each push that reached somebody. */
  usage(brandKey: string): number;
  /** Messages that the channel may push this month; undefined where there is no limit. */
  limit(brandKey: string): number | undefined;
  /** As long as it is used up, each channel's limit is what it has pushed. */
  useUpQuota(isUsedUp: boolean): void;
}

/** LINE Messaging API reference, Send push message; Retrying an API request. */
export function createLinePush(options: {
  outbox: LineOutbox;
  now: () => number;
  monthlyLimit: number | undefined;
}): LinePush {
  const accepted = new Map<string, Accepted>();
  const usage = new Map<string, number>();
  const reserved = new Map<string, number>();
  let isUsedUp = false;
  const usageOf = (brandKey: string) => usage.get(brandKey) ?? 0;
  const limitOf = (brandKey: string) => (isUsedUp ? usageOf(brandKey) : options.monthlyLimit);

  return {
    reserve: (brandKey, messages) => void reserved.set(brandKey, messages),

    usage: usageOf,

    limit: limitOf,

    useUpQuota(now) {
      isUsedUp = now;
    },

    push({ brandKey, requestId, retryKey, body }) {
      const at = options.now();
      const bodyDigest = createHash("sha256").update(JSON.stringify(body)).digest("hex");
      const key = `${brandKey} ${retryKey?.toLowerCase()}`;
      if (retryKey !== undefined) {
        if (!UUID.test(retryKey)) {
          throw new LineRefusal(400, "The retry key is invalid");
        }
        const first = accepted.get(key);
        if (first !== undefined && at < first.at + RETRY_KEY_MILLISECONDS) {
          return alreadyAccepted(first, bodyDigest);
        }
      }

      const { to, messages, notificationDisabled: isSilent } = parseBody(pushBody, body);
      if (!RECIPIENT.test(to)) {
        throw invalidProperty("to");
      }
      options.outbox.check(brandKey, messages, to);
      const used = usageOf(brandKey);
      const unusable = used + (reserved.get(brandKey) ?? 0);
      const limit = limitOf(brandKey);
      if (limit !== undefined && unusable >= limit) {
        throw new LineRefusal(429, "You have reached your monthly limit.");
      }

      const { sentMessages, isReached, text } = options.outbox.send(brandKey, messages, to, {
        isSilent,
      });
      usage.set(brandKey, used + (isReached ? 1 : 0));
      if (retryKey !== undefined) {
        // Deleted first: so the map stays in order of time, and its oldest entries are its first.
        accepted.delete(key);
        accepted.set(key, { at, requestId, bodyDigest, sentMessages });
        forgetBefore(accepted, at - RETRY_KEY_MILLISECONDS);
      }
      return { what: "push", text, status: 200, body: { sentMessages } };
    },
  };
}

/** LINE does not compare bodies; people who watch the local run see that the second one was lost. */
function alreadyAccepted(first: Accepted, bodyDigest: string): PushAnswer {
  const same = first.bodyDigest === bodyDigest;
  return {
    what: same ? "push retry" : "push retry with another body",
    text: "",
    status: 409,
    headers: { "x-line-accepted-request-id": first.requestId },
    body: {
      message: "The retry key is already accepted",
      sentMessages: first.sentMessages,
    },
  };
}
