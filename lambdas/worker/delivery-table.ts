import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { SentParts } from "../shared/queue/sent-parts.ts";
import { OUTLIVES_LETTERS_SECONDS, type Table } from "../shared/tables/table.ts";
import { tableKeys } from "../shared/tables/table-keys.ts";

/** A part of what is posted to Genesys Cloud for a LINE event; parts count from 1. */
interface PartKey {
  webhookEventId: string;
  part: number;
}

/** A part of an event that has so many `parts`. */
export interface CountedPart extends PartKey {
  parts: number;
}

/**
 * Which parts of one brand's events have been delivered to Genesys Cloud within the last 16 days, and
 * which a worker is delivering. Every call throws when DynamoDB cannot be reached.
 */
export interface DeliveryTable {
  /**
   * Takes a part until `heldUntil` (ms), after which another worker may take it. `held`: another worker has
   * it, and its time is not over.
   */
  claim(key: PartKey, heldUntil: number): Promise<"claimed" | "held" | "delivered">;
  /** Notes that Genesys Cloud has accepted a part. */
  delivered(key: CountedPart): Promise<void>;
  /**
   * The parts that have been delivered or are `known` as sent, up to the first that is not. Undefined for none,
   * and for what a version has noted that did not count the parts.
   */
  sentParts(webhookEventId: string, known?: SentParts): Promise<SentParts | undefined>;
  /** Notes that a part will be delivered later, after the rest of its event. Does nothing for a part that is known. */
  promise(key: PartKey): Promise<void>;
  /** Whether a part was promised, is being delivered or has been. */
  isPromised(key: PartKey): Promise<boolean>;
  /** Gives a part back that was claimed until `heldUntil` (ms) and could not be delivered. */
  release(key: PartKey, heldUntil: number): Promise<void>;
}

/** Longer than any message is tried. */
const CLAIM_KEPT_SECONDS = 26 * 3_600;

const item = z.object({
  state: z.enum(["delivering", "delivered"]),
  /** Of a delivered part: how many parts its event has. */
  parts: z.int().positive().optional(),
  expiresAt: z.number(),
});

export function createDeliveryTable(brand: string, table: Table): DeliveryTable {
  const { documents, name: TableName, now } = table;
  const keyOf = ({ webhookEventId, part }: PartKey) => ({
    pk: tableKeys.delivery(brand, webhookEventId, part),
  });
  const read = async (key: PartKey) => {
    const answer = await documents.send(
      new GetCommand({ TableName, Key: keyOf(key), ConsistentRead: true }),
    );
    return item.safeParse(answer.Item).data;
  };
  const expiresAt = (keptSeconds = CLAIM_KEPT_SECONDS) => Math.floor(now() / 1_000) + keptSeconds;

  return {
    async claim(key, heldUntil) {
      try {
        await documents.send(
          new PutCommand({
            TableName,
            Item: { ...keyOf(key), state: "delivering", heldUntil, expiresAt: expiresAt() },
            ConditionExpression:
              "attribute_not_exists(pk) OR expiresAt < :seconds OR (#state = :delivering AND heldUntil < :now)",
            ExpressionAttributeNames: { "#state": "state" },
            ExpressionAttributeValues: {
              ":seconds": Math.floor(now() / 1_000),
              ":delivering": "delivering",
              ":now": now(),
            },
          }),
        );
        return "claimed";
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
      return (await read(key))?.state === "delivered" ? "delivered" : "held";
    },
    async delivered(key) {
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(key),
          UpdateExpression: "SET #state = :delivered, parts = :parts, expiresAt = :expiresAt",
          ExpressionAttributeNames: { "#state": "state" },
          ExpressionAttributeValues: {
            ":delivered": "delivered",
            ":parts": key.parts,
            ":expiresAt": expiresAt(OUTLIVES_LETTERS_SECONDS),
          },
        }),
      );
    },
    async sentParts(webhookEventId, known) {
      const sent: string[] = [];
      let parts = known?.parts;
      for (let part = 1; ; part += 1) {
        const number = String(part);
        if (!known?.sent.includes(number)) {
          const found = await read({ webhookEventId, part });
          const isDelivered = found?.state === "delivered" && found.expiresAt * 1_000 > now();
          if (!isDelivered) break;
          parts ??= found.parts;
        }
        sent.push(number);
      }
      return parts === undefined ? undefined : { parts, sent };
    },
    async promise(key) {
      try {
        await documents.send(
          new PutCommand({
            TableName,
            // As if a worker had given it up: whoever delivers it may take it at once.
            Item: { ...keyOf(key), state: "delivering", heldUntil: 0, expiresAt: expiresAt() },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    isPromised: async (key) => (await read(key)) !== undefined,
    async release(key, heldUntil) {
      try {
        await documents.send(
          new DeleteCommand({
            TableName,
            Key: keyOf(key),
            // Another worker may have taken it over.
            ConditionExpression: "#state = :delivering AND heldUntil = :heldUntil",
            ExpressionAttributeNames: { "#state": "state" },
            ExpressionAttributeValues: { ":delivering": "delivering", ":heldUntil": heldUntil },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
