import * as z from "zod";
import { quoteNote } from "./quote.ts";
import type { Content } from "./translation.ts";

const textMessage = z.looseObject({
  text: z.string().min(1),
  quotedMessageId: z.string().nullish(),
});

/** LINE emoji (`(love)`) and mentions (`@name`) are readable placeholders in the text already. https://developers.line.biz/en/reference/messaging-api/#wh-text */
export function translateText(message: unknown): Content {
  const content = textMessage.parse(message);
  return { text: quoteNote(content) + content.text };
}
