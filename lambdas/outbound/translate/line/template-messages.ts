import type { messagingApi } from "@line/bot-sdk";
import { isShort } from "../../../shared/text/shorten.ts";
import { groupsOf } from "./groups-of.ts";
import { altText, type LineCard } from "./line-card.ts";
import { labelled } from "./taps.ts";

/** https://developers.line.biz/en/reference/messaging-api/#buttons and #carousel; texts in code points */
const BUTTONS = { bareText: 160, actions: 4 };
const COLUMN = { bareText: 120, actions: 3 };
const MAX_COLUMNS = 10;
const MAX_TITLE = 40;
const MAX_CROWDED_TEXT = 60;
const MAX_LABEL = 20;

/** LINE's own templates for cards, or undefined if they would cut something off. */
export function templateMessages(
  cards: readonly LineCard[],
): messagingApi.TemplateMessage[] | undefined {
  const limits = cards.length === 1 ? BUTTONS : COLUMN;
  const columns = cards.map((card) => column(card, limits)).filter((part) => part !== undefined);
  const [first] = columns;
  if (first === undefined || columns.length < cards.length) return undefined;
  const template = (contents: messagingApi.Template): messagingApi.TemplateMessage => ({
    type: "template",
    altText: altText(cards),
    template: contents,
  });
  if (columns.length === 1) return [template({ type: "buttons", ...first })];
  if (!columns.every((other) => isAlike(first, other))) return undefined;
  return groupsOf(columns, MAX_COLUMNS).map((group) =>
    template({ type: "carousel", columns: group }),
  );
}

function column(
  card: LineCard,
  limits: { bareText: number; actions: number },
): messagingApi.CarouselColumn | undefined {
  // A text is required, a title is not.
  const [title, text] = card.text === "" ? ["", card.title] : [card.title, card.text];
  const isCrowded = title !== "" || card.imageUrl !== undefined;
  const { length } = card.buttons;
  const fits =
    text !== "" &&
    isShort(title, MAX_TITLE) &&
    isShort(text, isCrowded ? MAX_CROWDED_TEXT : limits.bareText) &&
    length > 0 &&
    length <= limits.actions &&
    card.buttons.every(({ label }) => isShort(label, MAX_LABEL));
  if (!fits) return undefined;
  return {
    ...(card.imageUrl !== undefined && { thumbnailImageUrl: card.imageUrl }),
    ...(title !== "" && { title }),
    text,
    ...(card.tap !== undefined && { defaultAction: labelled(card.tap, MAX_LABEL) }),
    actions: card.buttons,
  };
}

/** LINE refuses a carousel whose columns differ in these. */
function isAlike(one: messagingApi.CarouselColumn, other: messagingApi.CarouselColumn): boolean {
  return (
    one.actions.length === other.actions.length &&
    (one.title === undefined) === (other.title === undefined) &&
    (one.thumbnailImageUrl === undefined) === (other.thumbnailImageUrl === undefined)
  );
}
