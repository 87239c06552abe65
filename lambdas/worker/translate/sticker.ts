import * as z from "zod";
import { quoteNote } from "./quote.ts";
import { STICKER_PACKAGES } from "./sticker-packages.ts";

const MAX_KEYWORDS = 3;

/** `keywords` (a random choice) and `text` (message stickers only) may be missing. https://developers.line.biz/en/reference/messaging-api/#wh-sticker */
export const stickerMessage = z.looseObject({
  type: z.literal("sticker"),
  id: z.string(),
  packageId: z.string(),
  stickerId: z.string(),
  text: z.string().nullish(),
  // Experimental by LINE's own word: in another shape they count as none.
  keywords: z.array(z.string()).nullish().catch(undefined),
  quotedMessageId: z.string().nullish(),
});

type StickerMessage = z.infer<typeof stickerMessage>;

/** For example `[LINE STICKER: Brown & Cony & Sally: Animated Special - cony, sally]`. */
export function translateSticker(message: StickerMessage): string {
  const known = [STICKER_PACKAGES.get(message.packageId), meaning(message)].filter(Boolean);
  const label = known.join(" - ") || `package ${message.packageId}, sticker ${message.stickerId}`;
  return `${quoteNote(message)}[LINE STICKER: ${label}]`;
}

function meaning({ text, keywords }: StickerMessage): string {
  return (
    oneLine(text ?? "") ||
    (keywords ?? []).map(oneLine).filter(Boolean).slice(0, MAX_KEYWORDS).join(", ")
  );
}

/** Customers type the text of message stickers, line breaks included. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
