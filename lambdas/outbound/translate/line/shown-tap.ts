import type { messagingApi } from "@line/bot-sdk";
import { askOf } from "./ask-replies.ts";

/** Something to tap: a link, or an answer, which has no `uri`. */
export interface ShownTap {
  /** Whole, as far as the message holds it. */
  label: string;
  uri: string | undefined;
}

/** What an action lets the customer tap; none for an ask, and for an answer that nobody could name. */
export function shownTap(action: messagingApi.Action | undefined, longLabel?: string): ShownTap[] {
  if (action === undefined || askOf(action) !== undefined) return [];
  const label = longLabel || wholeLabel(action);
  const uri = action.type === "uri" ? action.uri : undefined;
  return label === "" && uri === undefined ? [] : [{ label, uri }];
}

/** What a tap says in the chat goes on where its label is cut. */
function wholeLabel(action: messagingApi.Action): string {
  const { label = "" } = action;
  const said = action.type === "postback" ? (action.displayText ?? "") : "";
  return label.endsWith("…") && said.startsWith(label.slice(0, -1)) ? said : label;
}

/** A card can be tapped for what one of its buttons does. */
export function distinctTaps(taps: readonly ShownTap[]): ShownTap[] {
  const key = ({ label, uri }: ShownTap) => uri ?? `${label}\n`;
  return taps.filter((tap, at) => taps.findIndex((other) => key(other) === key(tap)) === at);
}
