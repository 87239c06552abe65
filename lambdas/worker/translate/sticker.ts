import * as z from "zod";
import type { BrandSettings } from "../../shared/contract/brand-settings.ts";
import {
  COMBINED_STICKERS,
  STICKER_PACKAGES,
} from "../../shared/contract/line-rules/sticker-packages.ts";
import type { InboundAttachment } from "../../shared/genesys/inbound-message.ts";
import { oneLine } from "../../shared/text/one-line.ts";
import type { Content } from "./translation.ts";

const MAX_KEYWORDS = 3;

/**
 * `keywords` (a random choice) and `text` (message stickers only) may be missing.
 * https://developers.line.biz/en/reference/messaging-api/#wh-sticker
 */
const stickerMessage = z.looseObject({
  packageId: z.string(),
  stickerId: z.string(),
  text: z.string().nullish(),
  // LINE calls them experimental, so another shape counts as none.
  keywords: z.array(z.string()).nullish().catch(undefined),
});

type StickerMessage = z.infer<typeof stickerMessage>;

/**
 * For example `[LINE STICKER: Brown & Cony & Sally: Animated Special - cony, sally]`, and its image if the brand asks
 * for images.
 */
export function translateSticker(message: unknown, stickers: BrandSettings["stickers"]): Content {
  const sticker = stickerMessage.parse(message);
  const known = [packageTitle(sticker), meaning(sticker)].filter(Boolean);
  const label = known.join(" - ") || `package ${sticker.packageId}, sticker ${sticker.stickerId}`;
  const attachment = stickers === "image" ? image(sticker.stickerId) : undefined;
  return {
    text: `[LINE STICKER: ${label}]`,
    ...(attachment !== undefined && { attachment }),
  };
}

function packageTitle({ packageId }: StickerMessage): string | undefined {
  if (packageId === COMBINED_STICKERS) return "Combined stickers";
  return STICKER_PACKAGES.get(packageId)?.title;
}

function meaning({ text, keywords }: StickerMessage): string {
  // Customers type the text of message stickers themselves, and can use line breaks.
  return (
    oneLine(text ?? "") ||
    (keywords ?? [])
      .map((keyword) => oneLine(keyword))
      .filter(Boolean)
      .slice(0, MAX_KEYWORDS)
      .join(", ")
  );
}

/**
 * The image of a sticker as LINE's own apps load it. LINE does not document its address, and the
 * image belongs to its creator. So it is linked and never stored.
 */
function image(stickerId: string): InboundAttachment | undefined {
  // The id becomes a part of a path.
  if (!/^\d+$/.test(stickerId)) return undefined;
  return {
    mediaType: "Image",
    url: `https://stickershop.line-scdn.net/stickershop/v1/sticker/${stickerId}/android/sticker.png`,
    mime: "image/png",
    filename: `sticker-${stickerId}.png`,
  };
}
