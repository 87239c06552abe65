import type { messagingApi } from "@line/bot-sdk";
import { SENDABLE_STICKERS } from "./sendable-stickers.ts";

const STICKER = /^\s*\[LINE STICKER: (\d{1,10})\/([1-9]\d{0,9})\]\s*$/;

/**
 * The sticker that a text stands for, for example `[LINE STICKER: 11537/52002734]` in a canned
 * response. Undefined for any other text, and for stickers that LINE does not let a bot send.
 */
export function stickerMessage(text: string): messagingApi.StickerMessage | undefined {
  const [, packageId = "", stickerId = ""] = STICKER.exec(text) ?? [];
  const [first, last] = SENDABLE_STICKERS.get(packageId) ?? [0, -1];
  const id = Number(stickerId);
  return id >= first && id <= last ? { type: "sticker", packageId, stickerId } : undefined;
}
