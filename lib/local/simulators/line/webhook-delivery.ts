import { createHmac } from "node:crypto";
import * as z from "zod";
import { pause } from "../pause.ts";
import { postWebhook, type WebhookResult } from "../post-webhook.ts";
import type { OnTraffic } from "../traffic.ts";
import type { LineChannel } from "./channel.ts";
import { readableText } from "./chats.ts";
import type { ReplyTokens } from "./reply-tokens.ts";

/** LINE, Development guidelines: the webhook must answer within 2 seconds. */
const ANSWER_WITHIN_MILLISECONDS = 2_000;

export interface Delivery {
  /** The status of the answer to the first request; 0 when there was none in time. */
  status: number;
  /** Fulfilled when LINE stops trying: the last status and the number of requests. */
  settled: Promise<{ status: number; attempts: number }>;
}

/** A request of a webhook. */
interface WebhookRequest {
  /** 1 for the first request with these events, 2 for the first redelivery, and so on. */
  number: number;
  body: Buffer;
}

/**
 * Stands between LINE and a channel's webhook. It can send the request on, with another signature, or not at
 * all, and says what LINE gets for an answer.
 */
export type InterfereWithWebhook = (
  request: WebhookRequest,
  send: (signature?: string) => Promise<WebhookResult>,
) => Promise<WebhookResult>;

export interface WebhookDelivery {
  /** Sends the events, and sends them again after an answer other than 2xx. */
  deliver(channel: LineChannel, url: string, events: object[]): Promise<Delivery>;
  /** Sends a request without events, once. */
  test(channel: LineChannel, url: string): Promise<WebhookResult>;
}

/**
 * Sends signed webhooks. After an answer other than 2xx it sends the same events again with
 * `isRedelivery` true, after each of the pauses. LINE does not disclose its own pauses.
 */
export function createWebhookDelivery(options: {
  pauses: number[];
  now: () => number;
  /** Gets the events of every request as it leaves: the bridge may reply before it answers. */
  replyTokens: Pick<ReplyTokens, "carry">;
  onTraffic: OnTraffic;
  closing: AbortSignal;
  interfere?: InterfereWithWebhook | undefined;
}): WebhookDelivery {
  const { interfere = (_request, send) => send() } = options;
  const attempt = async (channel: LineChannel, url: string, events: object[], number: number) => {
    const at = options.now();
    const started = performance.now();
    options.replyTokens.carry(channel.brandKey, events);
    const body = Buffer.from(JSON.stringify({ destination: channel.botUserId, events }));
    const send = (signature = lineSignature(channel.channelSecret, body)) =>
      postWebhook({
        url,
        body,
        headers: {
          "content-type": "application/json; charset=utf-8",
          "user-agent": "LineBotWebhook/2.0",
          "x-line-signature": signature,
        },
        timeoutMilliseconds: ANSWER_WITHIN_MILLISECONDS,
        closing: options.closing,
      });
    const result = await interfere({ number, body }, send);
    options.onTraffic({
      at,
      from: "LINE",
      to: "bridge",
      brandKey: channel.brandKey,
      ...describe(events),
      status: result.status,
      milliseconds: Math.round(performance.now() - started),
    });
    return result;
  };

  const redeliver = async (channel: LineChannel, url: string, events: object[], first: number) => {
    const again = events.map((event) => ({ ...event, deliveryContext: { isRedelivery: true } }));
    let status = first;
    let attempts = 1;
    for (const milliseconds of options.pauses) {
      if (isSuccess(status) || !(await pause(milliseconds, options.closing))) {
        break;
      }
      attempts += 1;
      status = (await attempt(channel, url, again, attempts)).status;
    }
    return { status, attempts };
  };

  return {
    async deliver(channel, url, events) {
      const { status } = await attempt(channel, url, events, 1);
      return { status, settled: redeliver(channel, url, events, status) };
    },
    test: (channel, url) => attempt(channel, url, [], 1),
  };
}

/** LINE, Verify webhook signature: HMAC-SHA256 of the raw body under the channel secret, base64. */
export function lineSignature(channelSecret: string, body: Buffer): string {
  return createHmac("sha256", channelSecret).update(body).digest("base64");
}

/** LINE counts any 20x as success. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

const describable = z.looseObject({
  type: z.string(),
  message: z.looseObject({ type: z.string() }).optional(),
});

function describe(events: object[]): { what: string; text?: string } {
  const parsed = events.flatMap((event) => describable.safeParse(event).data ?? []);
  const kinds = new Set(
    parsed.map(({ type, message }) => (type === "message" && message ? message.type : type)),
  );
  const texts = parsed.map((event) =>
    event.message ? readableText(event.message) : ownWords(event[DETAILS[event.type] ?? ""]),
  );
  const text = texts.filter((one) => one !== "").join(" · ");
  return { what: [...kinds].join(", ") || "no events", ...(text !== "" && { text }) };
}

/** The property with the details of an event of this type. */
const DETAILS: Record<string, string> = {
  memberJoined: "joined",
  memberLeft: "left",
  postback: "postback",
  videoPlayComplete: "videoPlayComplete",
  beacon: "beacon",
  accountLink: "link",
  membership: "membership",
};

/** The words and numbers of any JSON, in order. */
function ownWords(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") {
    return String(value);
  }
  return typeof value === "object" && value !== null
    ? Object.values(value).map(ownWords).join(" ")
    : "";
}
