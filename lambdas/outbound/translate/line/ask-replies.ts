import type { messagingApi } from "@line/bot-sdk";
import type { Ask } from "../text/ask.ts";
import type { Words } from "../text/words.ts";

/**
 * The quick replies with which a customer sends what is asked for.
 * https://developers.line.biz/en/reference/messaging-api/#location-action
 */
export function askReplies(
  asks: readonly Ask[],
  { askLabels }: Words,
): messagingApi.QuickReplyItem[] {
  return asks.map((type) => ({ type: "action", action: { type, label: askLabels[type] } }));
}

/** A sentence for each thing that is asked for, each sentence once. */
export function askSentences(asks: readonly Ask[], { askPrompts }: Words): string[] {
  return [...new Set(asks.map((ask) => askPrompts[ask]))];
}

/** What the quick replies of a message ask for. */
export function asksIn({ quickReply }: Pick<messagingApi.Message, "quickReply">): Ask[] {
  return (quickReply?.items ?? [])
    .map(({ action }) => askOf(action))
    .filter((ask) => ask !== undefined);
}

/** What an action asks for; undefined for one that does something else. */
export function askOf(action: messagingApi.Action | undefined): Ask | undefined {
  switch (action?.type) {
    case "location":
    case "camera":
    case "cameraRoll":
      return action.type;
    default:
      return undefined;
  }
}
