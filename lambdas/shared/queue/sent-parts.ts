import type { SQSRecord } from "aws-lambda";
import * as z from "zod";
import { SENT_PARTS } from "../contract/redriven.ts";
import { PermanentFailure } from "../failures/failures.ts";

const schema = z.object({
  /** Into how many parts the message was split. */
  parts: z.int().positive(),
  /** The numbers of the parts that have been sent; `2.1` is the first push in the place of part 2, see push-part.ts. */
  sent: z.array(z.string()).min(1),
  /** The messages that LINE has refused of a push in whose place others were sent, by its number. */
  refused: z.record(z.string(), z.array(z.int())).optional(),
});

/**
 * Which parts of a message have been sent. A dead letter carries it, because LINE forgets a retry key after 24
 * hours, and the table what was delivered after 16 days; who redrives it passes it on.
 */
export type SentParts = z.infer<typeof schema>;

/** What a record carries. Undefined where nothing was sent, nobody knows, or it cannot be read. */
export function carriedParts({
  messageAttributes,
}: Pick<SQSRecord, "messageAttributes">): SentParts | undefined {
  return parseSentParts(messageAttributes[SENT_PARTS]?.stringValue);
}

/** Undefined where it cannot be read. */
export function parseSentParts(text: string | undefined): SentParts | undefined {
  try {
    return schema.safeParse(JSON.parse(text ?? "")).data;
  } catch {
    return undefined;
  }
}

/** Both together. Where they count the parts differently, the first alone. */
export function unitedParts(
  one: SentParts | undefined,
  other: SentParts | undefined,
): SentParts | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.parts !== other.parts) return one;
  return { ...one, sent: [...new Set([...one.sent, ...other.sent])].sort() };
}

/** Reason of the PermanentFailure for a message that was sent in part and is now split into other parts. */
export const SPLIT_CHANGED = "SplitChanged";

/**
 * Parts are known by their numbers. Where a new version or setting splits a message into more or fewer parts,
 * nobody knows which of them have been sent: throws PermanentFailure, so that nothing arrives twice.
 */
export function ensureSameSplit(known: SentParts | undefined, parts: number): void {
  if (known === undefined || known.parts === parts) return;
  throw new PermanentFailure(
    SPLIT_CHANGED,
    `${known.sent.length} of the message's ${known.parts} parts have been sent; now it is split into ${parts}.`,
  );
}
