import * as z from "zod";
import { quoteNote } from "./quote.ts";

/** LINE emoji (`(love)`) and mentions (`@name`) are readable placeholders in the text already. https://developers.line.biz/en/reference/messaging-api/#wh-text */
export const textMessage = z.looseObject({
  type: z.literal("text"),
  id: z.string(),
  text: z.string(),
  quotedMessageId: z.string().nullish(),
});

export function translateText(message: z.infer<typeof textMessage>): string {
  return quoteNote(message) + message.text;
}
