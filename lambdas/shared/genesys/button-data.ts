import * as z from "zod";
import type { ButtonType } from "./inbound-message.ts";

/** A button of a structured Genesys message as it is shown in LINE. */
export interface Button {
  type: ButtonType;
  /** Id of the Genesys message that has the button. */
  originatingMessageId: string;
  /** What the customer answers by tapping it. */
  text: string;
  payload: string;
}

/** A button that is too long for the data of a LINE postback. The table holds it, by message and number. */
export interface LongButton extends Button {
  index: number;
}

/** What the `data` of a postback holds: the button itself, or where to find it in the table. */
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
 * The data of a LINE postback for a button. It holds the button itself, so that a tap works as long
 * as the message is in the chat. If the button does not fit, the data only refers to it and `isLong`
 * is true.
 */
export function encodeButton(button: Button, index: number): { data: string; isLong: boolean } {
  const { type, originatingMessageId, text, payload } = button;
  const data = JSON.stringify([MARK, CODES[type], originatingMessageId, text, payload]);
  if (data.length <= MAX_DATA) return { data, isLong: false };
  return { data: JSON.stringify([MARK, originatingMessageId, index]), isLong: true };
}

/** The button of a postback. Undefined for a postback of another system. */
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
