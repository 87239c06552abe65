import type { SQSRecord } from "aws-lambda";
import * as z from "zod";
import { PermanentFailure } from "../failures/failures.ts";
import { outboundMessageSchema, writtenAt } from "../genesys/outbound-message.ts";
import { parseQueuedEvent } from "../line/exact-json.ts";
import { webhookEventSchema } from "../line/webhook-event.ts";
import { wellFormed } from "../text/well-formed.ts";
import { believableTime } from "./believable-time.ts";

/** A receipt on its way to Genesys Cloud; the worker sends it, because it alone calls Genesys. */
const receiptSchema = z.object({
  /** Id of the Genesys message that the receipt is about. */
  messageId: z.string(),
  /** The message's `channel.to.id`. */
  to: z.string(),
  time: z.iso.datetime(),
  status: z.enum(["Delivered", "Failed"]),
  reason: z.object({ code: z.string(), message: z.string() }).optional(),
});

export type Receipt = z.infer<typeof receiptSchema>;

/** Body of a message in an inbound queue. */
export const inboundQueueMessage = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("line-event"),
    brand: z.string(),
    event: webhookEventSchema,
    /** When its webhook has arrived (ms): SQS gives a message that is redriven a new SentTimestamp. */
    receivedAt: z.number().optional(),
  }),
  /** Media of an event that has been delivered without it. */
  z.object({ kind: z.literal("media"), brand: z.string(), event: webhookEventSchema }),
  z.object({ kind: z.literal("receipt"), brand: z.string(), receipt: receiptSchema }),
]);

export type InboundQueueMessage = z.infer<typeof inboundQueueMessage>;

/** Body of a message in an outbound queue. */
export const outboundQueueMessage = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("message"), brand: z.string(), message: outboundMessageSchema }),
  /** An agent is typing, for about so many seconds. */
  z.object({
    kind: z.literal("typing"),
    brand: z.string(),
    to: z.string(),
    seconds: z.number(),
  }),
]);

export type OutboundQueueMessage = z.infer<typeof outboundQueueMessage>;

/** The message of a record of an inbound queue; its event's time is one to believe. Throws PermanentFailure. */
export function readInboundMessage(record: SQSRecord): InboundQueueMessage {
  const queued = readable(() => inboundQueueMessage.parse(parseQueuedEvent(record.body)));
  if (queued.kind === "receipt") return queued;
  const timestamp = believableTime(queued.event.timestamp, record);
  return { ...queued, event: { ...queued.event, timestamp } };
}

/** The message of a record of an outbound queue. Throws PermanentFailure. */
export function readOutboundMessage(record: SQSRecord): OutboundQueueMessage {
  return readable(() => outboundQueueMessage.parse(parseAgentMessage(record.body)));
}

/** What JSON escapes can hold and a text should not: NUL and halves of surrogate pairs. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i;

/**
 * JSON.parse alone takes what is nested more deeply than a reviver can follow. Texts of that are made
 * well-formed only where they leave.
 */
function parseAgentMessage(body: string): unknown {
  if (!SUSPICIOUS.test(body)) return JSON.parse(body);
  try {
    return JSON.parse(body, (_, value: unknown) =>
      typeof value === "string" ? wellFormed(value) : value,
    );
  } catch {
    return JSON.parse(body);
  }
}

/**
 * When LINE says that a record's event happened (ms). Undefined for a receipt, for late media and for an unreadable
 * body.
 */
export function lineEventTime(record: SQSRecord): number | undefined {
  const queued = unlessUnreadable(() => readInboundMessage(record));
  return queued?.kind === "line-event" ? queued.event.timestamp : undefined;
}

/**
 * When Genesys Cloud says that a record's message was written (ms). Undefined for typing, for an unreadable
 * body and for a message without a readable time.
 */
export function agentMessageTime(record: SQSRecord): number | undefined {
  const queued = unlessUnreadable(() => readOutboundMessage(record));
  const said = queued?.kind === "message" ? writtenAt(queued.message) : undefined;
  return said === undefined ? undefined : believableTime(said, record);
}

/** Reason of the PermanentFailure for a record whose body is not the bridge's. */
export const UNREADABLE = "Unreadable";

function readable<Message>(read: () => Message): Message {
  try {
    return read();
  } catch {
    throw new PermanentFailure(UNREADABLE, "The queue message is not one of the bridge's.");
  }
}

function unlessUnreadable<Message>(read: () => Message): Message | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
