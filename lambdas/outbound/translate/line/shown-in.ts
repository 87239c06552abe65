import type { messagingApi } from "@line/bot-sdk";
import { bubbleShown } from "./bubble-shown.ts";
import { distinctTaps, type ShownTap, shownTap } from "./shown-tap.ts";

/** What a part of a LINE message, such as one of its cards, lets the customer read and tap. */
export interface Shown {
  /** Titles and texts, in order. */
  texts: string[];
  /** Of images, videos and audio, and of the place on a map. */
  links: string[];
  taps: ShownTap[];
}

/** The parts of a message of any kind that the bridge sends, without its quick replies; none of a sticker. */
export function shownIn(message: messagingApi.Message): Shown[] {
  switch (message.type) {
    case "text":
      return [{ texts: [message.text], links: [], taps: [] }];
    case "textV2":
      return [{ texts: [plainV2(message.text)], links: [], taps: [] }];
    case "image":
    case "video":
    case "audio":
      return [{ texts: [], links: [message.originalContentUrl], taps: [] }];
    case "location": {
      const { title, address, latitude, longitude } = message;
      const place = `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;
      return [{ texts: [...new Set([title, address])], links: [place], taps: [] }];
    }
    case "imagemap": {
      const taps = distinctTaps(message.actions.flatMap(areaTap));
      return [{ texts: [message.altText], links: [], taps }];
    }
    case "template":
      return columnsOf(message.template).map(columnShown);
    case "flex": {
      const { contents } = message;
      return (contents.type === "carousel" ? contents.contents : [contents]).map(bubbleShown);
    }
    default:
      return [];
  }
}

/** What the quick replies of a message let the customer tap, except for asks: they have no text that one could type. */
export function repliesIn({ quickReply }: Pick<messagingApi.Message, "quickReply">): ShownTap[] {
  return (quickReply?.items ?? []).flatMap(({ action }) => shownTap(action));
}

/** The braces that stand for themselves are doubled; what stands for an emoji or a mention has no text. */
function plainV2(text: string): string {
  return text.replace(/\{\{|\}\}|\{[^{}]*\}/g, (found) =>
    found.length === 2 ? found.slice(1) : "",
  );
}

function areaTap(action: messagingApi.ImagemapAction): ShownTap[] {
  switch (action.type) {
    case "uri":
      return [{ label: action.label ?? "", uri: action.linkUri }];
    case "message":
      return [{ label: action.text, uri: undefined }];
    default:
      return [];
  }
}

type Column = Partial<
  Pick<
    messagingApi.CarouselColumn,
    "title" | "text" | "thumbnailImageUrl" | "defaultAction" | "actions"
  >
>;

function columnsOf(template: messagingApi.Template): Column[] {
  switch (template.type) {
    case "carousel":
      return template.columns;
    case "image_carousel":
      return template.columns.map(({ imageUrl, action }) => ({
        thumbnailImageUrl: imageUrl,
        actions: [action],
      }));
    default:
      return [template];
  }
}

function columnShown({ title, text, thumbnailImageUrl, defaultAction, actions }: Column): Shown {
  return {
    texts: [title, text].filter((each) => each !== undefined),
    links: thumbnailImageUrl === undefined ? [] : [thumbnailImageUrl],
    taps: distinctTaps([...(actions ?? []), defaultAction].flatMap((action) => shownTap(action))),
  };
}
