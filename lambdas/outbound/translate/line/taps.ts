import type { messagingApi } from "@line/bot-sdk";
import type { ButtonType } from "../../../shared/genesys/inbound-message.ts";
import { oneLine } from "../../../shared/text/one-line.ts";
import { shorten, shortenUnits } from "../../../shared/text/shorten.ts";
import type { Scope } from "./scope.ts";
import { linkUri } from "./urls.ts";

/**
 * LINE allows 300 characters, however it counts them: UTF-16 units are never fewer.
 * https://developers.line.biz/en/reference/messaging-api/#postback-action
 */
const MAX_DISPLAY_TEXT = 300;

/** What a tap does, with its whole label. How much of the label is shown depends on the place. */
export type Tap = { label: string } & (
  | messagingApi.PostbackAction
  | messagingApi.URIAction
  | messagingApi.DatetimePickerAction
);

/**
 * A tap that answers Genesys. Text and payload come back exactly as they are. `label` is for a label that says more
 * than the text.
 */
export function answerTap(
  type: ButtonType,
  { text, payload, label = text }: { text: string; payload: string; label?: string },
  scope: Scope,
): Tap {
  const said = oneLine(text) || oneLine(payload) || "…";
  return {
    type: "postback",
    label: oneLine(label) || said,
    data: scope.buttonData({ type, text: text || payload, payload: payload || text }),
    displayText: shortenUnits(said, MAX_DISPLAY_TEXT),
  };
}

/** A tap that opens a link, or undefined if LINE does not accept the link. */
export function linkTap(label: string, link: string, { words }: Scope): Tap | undefined {
  const uri = linkUri(link);
  return uri === undefined ? undefined : { type: "uri", label: oneLine(label) || words.open, uri };
}

/**
 * The action for a place whose labels have at most `max` code points.
 * https://developers.line.biz/en/reference/messaging-api/#action-object-label-spec
 */
export function labelled(tap: Tap, max: number): Tap {
  return { ...tap, label: shorten(tap.label, max) };
}
