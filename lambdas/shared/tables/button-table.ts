import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { PermanentFailure } from "../failures/failures.ts";
import type { Button, LongButton } from "../genesys/button-data.ts";

/**
 * The buttons of bots' messages whose payloads LINE has no room for, by message and number. Every
 * call throws when DynamoDB cannot be reached.
 */
export interface ButtonTable {
  /** Throws PermanentFailure for more than 350 KB of buttons. */
  put(brand: string, originatingMessageId: string, buttons: readonly LongButton[]): Promise<void>;
  /** Undefined after 90 days, or if there never was such a button. */
  get(brand: string, originatingMessageId: string, index: number): Promise<Button | undefined>;
}

/** DynamoDB takes 400 KB per item, names included. */
const MAX_BYTES = 350_000;
const KEPT_SECONDS = 90 * 86_400;

const item = z.object({
  buttons: z.array(
    z.object({
      index: z.number(),
      type: z.enum(["Button", "QuickReply", "DatePicker"]),
      text: z.string(),
      payload: z.string(),
    }),
  ),
  expiresAt: z.number(),
});

export function createButtonTable(
  client: DynamoDBDocumentClient,
  tableName: string,
  now: () => number,
): ButtonTable {
  const keyOf = (brand: string, messageId: string) => ({ pk: `buttons#${brand}#${messageId}` });

  return {
    async put(brand, originatingMessageId, longButtons) {
      const buttons = longButtons.map(({ index, type, text, payload }) => ({
        index,
        type,
        text,
        payload,
      }));
      if (Buffer.byteLength(JSON.stringify(buttons)) > MAX_BYTES) {
        throw new PermanentFailure(
          "ButtonsTooLarge",
          `The payloads of the message's buttons have more than ${MAX_BYTES} bytes.`,
          "InvalidMessageStructure",
        );
      }
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: {
            ...keyOf(brand, originatingMessageId),
            buttons,
            expiresAt: Math.floor(now() / 1_000) + KEPT_SECONDS,
          },
        }),
      );
    },
    async get(brand, originatingMessageId, index) {
      const answer = await client.send(
        new GetCommand({ TableName: tableName, Key: keyOf(brand, originatingMessageId) }),
      );
      const { data } = item.safeParse(answer.Item);
      if (data === undefined || data.expiresAt * 1_000 <= now()) return undefined;
      const found = data.buttons.find((button) => button.index === index);
      return found && { ...found, originatingMessageId };
    },
  };
}
