import * as z from "zod";
import type { ButtonType } from "./inbound-message.ts";

/** A button of a structured Genesys message as it is shown in LINE. */
export interface Button {
  type: ButtonType;
  /** Id of the Genesys message that has the button. */
  originatingMessageId: string;
  /** What the customer says by tapping it. */
  text: string;
  payload: string;
}

/** A button whose data does not fit into LINE's; it is kept in the table, by message and number. */
export interface LongButton extends Button {
  index: number;
}

/** What the `data` of a postback says: the button itself, or where it is kept. */
export type ButtonData =
  | { kind: "button"; button: Button }
  | { kind: "reference"; originatingMessageId: string; index: number };

/** UTF-16 units. https://developers.line.biz/en/reference/messaging-api/#postback-action */
const MAX_DATA = 300;

/** Tells our own postbacks from those of rich menus and other systems. */
const MARK = "gc";

const CODES = { Button: "B", QuickReply: "Q", DatePicker: "D" } as const;
const TYPES = { B: "Button", Q: "QuickReply", D: "DatePicker" } as const;

const buttonData = z.tuple([
  z.literal(MARK),
  z.enum(["B", "Q", "D"]),
  z.string().min(1),
  z.string(),
  z.string(),
]);
const referenceData = z.tuple([z.literal(MARK), z.string().min(1), z.int().min(0)]);

/**
 * The data of a LINE postback for a button. It carries the button itself, so that a tap works as
 * long as the message stands in the chat; `isLong` where it does not fit and only refers to it.
 */
export function encodeButton(button: Button, index: number): { data: string; isLong: boolean } {
  const { type, originatingMessageId, text, payload } = button;
  const data = JSON.stringify([MARK, CODES[type], originatingMessageId, text, payload]);
  if (data.length <= MAX_DATA) return { data, isLong: false };
  return { data: JSON.stringify([MARK, originatingMessageId, index]), isLong: true };
}

/** Undefined for a postback that is not of the bridge's making. */
export function decodeButton(data: string): ButtonData | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return undefined;
  }
  const reference = referenceData.safeParse(value);
  if (reference.success) {
    const [, originatingMessageId, index] = reference.data;
    return { kind: "reference", originatingMessageId, index };
  }
  const button = buttonData.safeParse(value);
  if (!button.success) return undefined;
  const [, code, originatingMessageId, text, payload] = button.data;
  return { kind: "button", button: { type: TYPES[code], originatingMessageId, text, payload } };
}
