import type { messagingApi } from "@line/bot-sdk";
import { graphemesOf } from "../../../shared/text/graphemes.ts";
import { isShort, shorten, shortenUnits } from "../../../shared/text/shorten.ts";
import { groupsOf } from "./groups-of.ts";
import { altText, isShown, type LineCard } from "./line-card.ts";
import { labelled, type Tap } from "./taps.ts";
import { textMessages } from "./text-messages.ts";

/** https://developers.line.biz/en/reference/messaging-api/#f-carousel; a KB is counted as 1,000 bytes, less the frame */
const MAX_BUBBLES = 12;
const MAX_CAROUSEL_BYTES = 49_900;

/**
 * The part of a bubble's 30 KB that is left for buttons if the texts are as long as they can be.
 * https://developers.line.biz/en/reference/messaging-api/#bubble
 */
const MAX_BUTTON_BYTES = 12_000;
/** About as many as a phone shows at once. */
const MAX_BUTTONS = 12;

/** UTF-16 units. LINE limits only the size of the whole bubble. What is longer goes before the card, as text. */
const MAX_TITLE = 400;
const MAX_TEXT = 2_000;

/** Code points. https://developers.line.biz/en/reference/messaging-api/#action-object-label-spec */
const MAX_LABEL = 40;
/** A button shows one line of about this many graphemes. A longer label is wrapped. */
const MAX_LINE = 20;
/** Code points: as much as a tap can say in the chat. */
const MAX_WRAPPED_LABEL = 300;

/** LINE's own colour of buttons that look like links. */
const LINK_COLOR = "#42659a";

/**
 * Flex Messages for cards of any shape. Texts wrap, and what does not fit into one bubble or message continues
 * in the next. A title or text that is too long for a bubble is not cut: it goes before the cards, as text.
 */
export function flexMessages(cards: readonly LineCard[]): messagingApi.Message[] {
  const fitting = cards.map(fittingCard).filter(isShown);
  const groups = groupsOf(fitting.flatMap(bubbles), MAX_BUBBLES, MAX_CAROUSEL_BYTES);
  return [
    ...cards.flatMap((card) => textMessages(tooLong(card, cards.length > 1))),
    ...groups.map((group): messagingApi.FlexMessage => {
      const [bubble, ...others] = group;
      return {
        type: "flex",
        altText: altText(fitting),
        contents:
          bubble === undefined || others.length > 0
            ? { type: "carousel", contents: group }
            : bubble,
      };
    }),
  ];
}

/** What of a card goes before it, as text; of one among several with its title, which tells whose text it is. */
function tooLong({ title, text }: LineCard, isAmongOthers: boolean): string {
  const isTitleLong = title.length > MAX_TITLE;
  const longText = text.length > MAX_TEXT ? text : "";
  const heading = isTitleLong || (isAmongOthers && longText !== "") ? title : "";
  return [heading, longText].filter(Boolean).join("\n");
}

function fittingCard(card: LineCard): LineCard {
  const { title, text } = card;
  return {
    ...card,
    title: shortenUnits(title, MAX_TITLE),
    text: text.length > MAX_TEXT ? "" : text,
  };
}

/** The bubbles of one card. It needs more than one if it has too many buttons. */
function bubbles(card: LineCard): messagingApi.FlexBubble[] {
  const [first = [], ...others] = groupsOf(card.buttons.map(button), MAX_BUTTONS, MAX_BUTTON_BYTES);
  return [
    bubble(card, first),
    ...others.map((buttons) => bubble({ title: card.title, text: "" }, buttons)),
  ];
}

function bubble(
  card: Pick<LineCard, "title" | "text" | "imageUrl" | "tap">,
  buttons: messagingApi.FlexComponent[],
): messagingApi.FlexBubble {
  const { imageUrl, tap } = card;
  const contents = texts(card);
  return {
    type: "bubble",
    ...(imageUrl !== undefined && { hero: image(imageUrl) }),
    ...(contents.length > 0 && { body: column(contents) }),
    ...(buttons.length > 0 && { footer: column(buttons) }),
    ...(tap !== undefined && { action: labelled(tap, MAX_LABEL) }),
  };
}

function texts({ title, text }: Pick<LineCard, "title" | "text">): messagingApi.FlexText[] {
  const heading: messagingApi.FlexText = {
    type: "text",
    text: title,
    weight: "bold",
    size: "lg",
    wrap: true,
  };
  const body: messagingApi.FlexText = { type: "text", text, wrap: true };
  return [...(title === "" ? [] : [heading]), ...(text === "" ? [] : [body])];
}

function image(url: string): messagingApi.FlexImage {
  return { type: "image", url, size: "full", aspectRatio: "20:13", aspectMode: "cover" };
}

function column(contents: messagingApi.FlexComponent[]): messagingApi.FlexBox {
  return { type: "box", layout: "vertical", spacing: "sm", contents };
}

function button(tap: Tap): messagingApi.FlexComponent {
  const action = labelled(tap, MAX_LABEL);
  if (fitsLine(tap.label)) return { type: "button", height: "sm", style: "link", action };
  return {
    type: "box",
    layout: "vertical",
    paddingAll: "md",
    action,
    contents: [
      {
        type: "text",
        text: shorten(tap.label, MAX_WRAPPED_LABEL),
        align: "center",
        color: LINK_COLOR,
        wrap: true,
      },
    ],
  };
}

function fitsLine(label: string): boolean {
  return isShort(label, MAX_LABEL) && [...graphemesOf(label)].length <= MAX_LINE;
}
