import type { messagingApi } from "@line/bot-sdk";
import { splitText } from "../../../shared/text/split-text.ts";
import { isVisible } from "../../../shared/text/visible-text.ts";

/** UTF-16 units. https://developers.line.biz/en/reference/messaging-api/#text-message */
export const MAX_TEXT = 5_000;

/**
 * LINE text messages for a text of any length. Parts with nothing to see are left out. In messages of type `text`
 * nothing needs escaping.
 */
export function textMessages(text: string): messagingApi.TextMessage[] {
  return splitText(text.toWellFormed(), MAX_TEXT)
    .filter(isVisible)
    .map((part) => ({ type: "text", text: part }));
}
