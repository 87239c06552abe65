import { messageKind } from "../../../lambdas/outbound/translate/genesys/message-kind.ts";
import { brandOfGroup } from "../../../lambdas/shared/contract/group-ids.ts";
import { queueId } from "../../../lambdas/shared/contract/queue-id.ts";
import type { Direction } from "../../../lambdas/shared/contract/queue-names.ts";
import {
  inboundQueueMessage,
  outboundQueueMessage,
} from "../../../lambdas/shared/queue/queue-messages.ts";
import { parseSentParts } from "../../../lambdas/shared/queue/sent-parts.ts";
import { eventKind } from "../../../lambdas/worker/translate/event-kind.ts";
import type { Letter } from "./dead-letters.ts";

/** What may be shown and kept of a dead letter: no text, no name, no id of a customer. */
export interface LetterFacts {
  /** SQS's id of the letter. */
  id: string;
  queue: Direction;
  /** The brand's key. */
  brand: string;
  reason: string;
  /** The kind of message, as deliveries are counted by it; `unreadable` where it is not the bridge's. */
  kind: string;
  /** By which the log names the message: LINE's `webhookEventId` or Genesys Cloud's message id. */
  correlationId?: string | undefined;
  /** ISO 8601. */
  parkedAt: string;
  /** The numbers of the parts that have been sent, and how many there are. */
  sent?: { parts: string[]; of: number } | undefined;
}

/** Whatever else stands where a brand's key should is not shown: it could be a customer's id. */
const BRAND_KEY = /^[a-z0-9-]{1,32}$/;

export function factsOf(letter: Letter, queue: Direction): LetterFacts {
  const brand = brandOfGroup(letter.groupId);
  const sent = parseSentParts(letter.sentParts);
  return {
    id: letter.messageId,
    queue,
    brand: BRAND_KEY.test(brand) ? brand : "unknown",
    reason: letter.reason,
    ...contentOf(letter, queue),
    parkedAt: new Date(letter.parkedAt).toISOString(),
    ...(sent && { sent: { parts: sent.sent, of: sent.parts } }),
  };
}

function contentOf({ body }: Letter, queue: Direction) {
  try {
    const { kind, id } = (queue === "inbound" ? inboundContent : outboundContent)(JSON.parse(body));
    const { data: correlationId } = queueId.safeParse(id);
    return { kind, ...(correlationId !== undefined && { correlationId }) };
  } catch {
    return { kind: "unreadable" };
  }
}

function inboundContent(body: unknown): { kind: string; id: string } {
  const queued = inboundQueueMessage.parse(body);
  if (queued.kind === "receipt") return { kind: "receipt", id: queued.receipt.messageId };
  const { event } = queued;
  return { kind: queued.kind === "media" ? "late media" : kindOf(event), id: event.webhookEventId };
}

function kindOf(event: Parameters<typeof eventKind>[0]): string {
  try {
    return eventKind(event);
  } catch {
    // A message event without a message.
    return "event";
  }
}

function outboundContent(body: unknown): { kind: string; id: string | undefined } {
  const queued = outboundQueueMessage.parse(body);
  if (queued.kind === "typing") return { kind: "typing", id: undefined };
  return { kind: messageKind(queued.message), id: queued.message.id };
}

/** One line for people. `now` in ms. */
export function describeLetter(facts: LetterFacts, now: number): string {
  const { id, queue, brand, reason, kind, correlationId, parkedAt, sent } = facts;
  return [
    `${id}  ${queue}  ${brand}  ${reason}  ${kind}`,
    `${ageOf(now - Date.parse(parkedAt))} ago`,
    correlationId ?? "no correlation id",
    ...(sent === undefined ? [] : [`part ${sent.parts.join(", ")} of ${sent.of} sent`]),
  ].join("  ");
}

function ageOf(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
