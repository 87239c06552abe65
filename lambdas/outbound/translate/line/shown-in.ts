import type { messagingApi } from "@line/bot-sdk";
import { askOf } from "./ask-replies.ts";

/** What a part of a LINE message, such as one of its cards, lets the customer read and tap. */
export interface Shown {
  /** Titles and texts, in order. */
  texts: string[];
  /** Of images, videos and audio, and of the place on a map. */
  links: string[];
  taps: ShownTap[];
}

/** Something to tap: a link, or an answer, which has no `uri`. */
export interface ShownTap {
  /** Whole, as far as the message holds it. */
  label: string;
  uri: string | undefined;
}

/** The parts of a message of any kind that the bridge sends, without its quick replies; none of a sticker. */
export function shownIn(message: messagingApi.Message): Shown[] {
  switch (message.type) {
    case "text":
      return [{ texts: [message.text], links: [], taps: [] }];
    case "image":
    case "video":
    case "audio":
      return [{ texts: [], links: [message.originalContentUrl], taps: [] }];
    case "location": {
      const { title, address, latitude, longitude } = message;
      const place = `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;
      return [{ texts: [...new Set([title, address])], links: [place], taps: [] }];
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
  return (quickReply?.items ?? []).flatMap(({ action }) => tapOf(action));
}

type Column = Pick<
  messagingApi.CarouselColumn,
  "title" | "text" | "thumbnailImageUrl" | "defaultAction" | "actions"
>;

function columnsOf(template: messagingApi.Template): Column[] {
  if (template.type === "carousel") return template.columns;
  return template.type === "buttons" ? [template] : [];
}

function columnShown({ title, text, thumbnailImageUrl, defaultAction, actions }: Column): Shown {
  return {
    texts: [title, text].filter((each) => each !== undefined),
    links: thumbnailImageUrl === undefined ? [] : [thumbnailImageUrl],
    taps: distinct([...actions, defaultAction].flatMap((action) => tapOf(action))),
  };
}

function bubbleShown({ hero, body, footer, action }: messagingApi.FlexBubble): Shown {
  return {
    texts: (body?.contents ?? []).flatMap(textOf),
    links: hero?.type === "image" ? [hero.url] : [],
    taps: distinct([...(footer?.contents ?? []).flatMap(componentTap), ...tapOf(action)]),
  };
}

/** A label that is too long for a button stands in the box in its place. */
function componentTap(component: messagingApi.FlexComponent): ShownTap[] {
  if (component.type === "button") return tapOf(component.action);
  if (component.type !== "box") return [];
  return tapOf(component.action, component.contents.flatMap(textOf).join(" "));
}

function textOf(component: messagingApi.FlexComponent): string[] {
  return component.type === "text" && component.text !== undefined ? [component.text] : [];
}

function tapOf(action: messagingApi.Action | undefined, longLabel?: string): ShownTap[] {
  if (action === undefined || askOf(action) !== undefined) return [];
  const label = longLabel ?? wholeLabel(action);
  return [{ label, uri: action.type === "uri" ? action.uri : undefined }];
}

/** What a tap says in the chat goes on where its label is cut. */
function wholeLabel(action: messagingApi.Action): string {
  const { label = "" } = action;
  const said = action.type === "postback" ? (action.displayText ?? "") : "";
  return label.endsWith("…") && said.startsWith(label.slice(0, -1)) ? said : label;
}

/** A card can be tapped for what one of its buttons does. */
function distinct(taps: ShownTap[]): ShownTap[] {
  const key = ({ label, uri }: ShownTap) => uri ?? `${label}\n`;
  return taps.filter((tap, at) => taps.findIndex((other) => key(other) === key(tap)) === at);
}
