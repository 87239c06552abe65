import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { PermanentFailure } from "../failures/failures.ts";
import type { Button, LongButton } from "../genesys/button-data.ts";
import type { Table } from "./table.ts";
import { tableKeys } from "./table-keys.ts";

/**
 * The buttons of a brand's bot messages whose payloads LINE has no room for, by message and number. Every
 * call throws when DynamoDB cannot be reached.
 */
export interface ButtonTable {
  /** Throws PermanentFailure for more than 350 KB of buttons. */
  put(originatingMessageId: string, buttons: readonly LongButton[]): Promise<void>;
  /** Undefined after 90 days, or if there never was such a button. */
  get(originatingMessageId: string, index: number): Promise<Button | undefined>;
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

export function createButtonTable(brand: string, table: Table): ButtonTable {
  const { documents, name: TableName, now } = table;
  const keyOf = (messageId: string) => ({ pk: tableKeys.buttons(brand, messageId) });

  return {
    async put(originatingMessageId, longButtons) {
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
      await documents.send(
        new PutCommand({
          TableName,
          Item: {
            ...keyOf(originatingMessageId),
            buttons,
            expiresAt: Math.floor(now() / 1_000) + KEPT_SECONDS,
          },
        }),
      );
    },
    async get(originatingMessageId, index) {
      const answer = await documents.send(
        new GetCommand({ TableName, Key: keyOf(originatingMessageId) }),
      );
      const { data } = item.safeParse(answer.Item);
      if (data === undefined || data.expiresAt * 1_000 <= now()) return undefined;
      const found = data.buttons.find((button) => button.index === index);
      return found && { ...found, originatingMessageId };
    },
  };
}
