import type { messagingApi } from "@line/bot-sdk";
import { isSendableSticker } from "../../../shared/contract/line-rules/sticker-packages.ts";
import { PermanentFailure } from "../../../shared/failures/failures.ts";

const STICKER = /^\s*\[LINE STICKER: (\d+)\/(\d+)\]\s*$/;

/**
 * The sticker that a text stands for, for example `[LINE STICKER: 11537/52002734]` in a canned response.
 * Undefined for any other text. Throws PermanentFailure for a sticker that LINE does not let a bot send: the
 * customer would read numbers.
 */
export function stickerMessage(text: string): messagingApi.StickerMessage | undefined {
  const [, packageId, stickerId] = STICKER.exec(text) ?? [];
  if (packageId === undefined || stickerId === undefined) return undefined;
  if (!isSendableSticker(packageId, stickerId)) {
    throw new PermanentFailure(
      "StickerNotSendable",
      "LINE does not let an account send this sticker. Those that it can send: https://developers.line.biz/en/docs/messaging-api/sticker-list",
      "UnsupportedMessage",
    );
  }
  return { type: "sticker", packageId, stickerId };
}
