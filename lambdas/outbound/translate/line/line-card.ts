import { oneLine } from "../../../shared/text/one-line.ts";
import { shortenUnits } from "../../../shared/text/shorten.ts";
import type { Tap } from "./taps.ts";

/** Something with text and buttons, before it is decided how LINE shows it. */
export interface LineCard {
  /** One line, may be empty. */
  title: string;
  /** May be empty. */
  text: string;
  /** As LINE accepts it. */
  imageUrl?: string | undefined;
  /** A tap on the card itself. */
  tap?: Tap | undefined;
  buttons: Tap[];
  /** Links and numbers that no button can hold. LINE makes links in texts tappable. */
  lines: string[];
}

/** UTF-16 units. https://developers.line.biz/en/reference/messaging-api/#template-messages */
const MAX_ALT_TEXT = 1_500;

/** What notifications and old devices show instead of the cards. */
export function altText(cards: readonly LineCard[]): string {
  const words = cards.map(({ title, text }) => title || oneLine(text)).filter(Boolean);
  const labels = cards.flatMap(({ buttons }) => buttons.map(({ label }) => label));
  return shortenUnits((words.length > 0 ? words : labels).join(", ") || "…", MAX_ALT_TEXT);
}

/** Whether a card has anything to show, apart from its lines. */
export function isShown({ title, text, imageUrl, buttons }: LineCard): boolean {
  return title !== "" || text !== "" || imageUrl !== undefined || buttons.length > 0;
}
