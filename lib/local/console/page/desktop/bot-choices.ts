import { BOT_MESSAGE_NAMES, type BotMessageName, type Samples } from "../../samples/samples.ts";
import type { Choice } from "./choice-menu.tsx";

const ABOUT: Record<BotMessageName, string> = {
  "Quick replies": "A text with buttons that disappear with the next message",
  "Quick replies V2": "The same in Genesys Cloud's newer form, with a title",
  Card: "A title, a text, a button that answers and a link",
  Carousel: "Several cards in a row",
  "List picker": "A text and a list to choose from",
  "Date picker": "A button that opens LINE's calendar",
  Notification: "A template with values filled in and a button",
};

/** What a bot can send, in the market's language. */
export function botChoices({
  botMessages,
}: Pick<Samples, "botMessages">): (Choice & { message: object })[] {
  return BOT_MESSAGE_NAMES.map((title) => ({
    title,
    about: ABOUT[title],
    message: botMessages[title],
  }));
}
