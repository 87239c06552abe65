import type { messagingApi } from "@line/bot-sdk";
import { STICKER_PACKAGES } from "../../../shared/line/sticker-packages.ts";

const STICKER = /^\s*\[LINE STICKER: (\d{1,10})\/([1-9]\d{0,9})\]\s*$/;

/**
 * The sticker that a text stands for, for example `[LINE STICKER: 11537/52002734]` in a canned
 * response. Undefined for any other text, and for stickers that LINE does not let a bot send.
 */
export function stickerMessage(text: string): messagingApi.StickerMessage | undefined {
  const [, packageId = "", stickerId = ""] = STICKER.exec(text) ?? [];
  const stickers = STICKER_PACKAGES.get(packageId);
  const id = Number(stickerId);
  return stickers !== undefined && id >= stickers.first && id <= stickers.last
    ? { type: "sticker", packageId, stickerId }
    : undefined;
}
