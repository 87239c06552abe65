import type { messagingApi } from "@line/bot-sdk";
import { STICKER_PACKAGES } from "../../../shared/contract/line-rules/sticker-packages.ts";
import { oneLine } from "../../../shared/text/one-line.ts";

/** What a LINE message says, in one line; of what has no text, what it is, for example `[LINE IMAGE]`. */
export function saidIn(message: messagingApi.Message): string {
  return oneLine(textOf(message)) || `[LINE ${message.type.toUpperCase()}]`;
}

function textOf(message: messagingApi.Message): string {
  switch (message.type) {
    case "text":
    case "textV2":
      return message.text;
    case "flex":
    case "template":
    case "imagemap":
      return message.altText;
    case "location":
      return message.title;
    case "sticker": {
      const title = STICKER_PACKAGES.get(message.packageId)?.title;
      return title === undefined ? "" : `[LINE STICKER: ${title}]`;
    }
    default:
      return "";
  }
}
