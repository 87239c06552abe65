import type { messagingApi } from "@line/bot-sdk";
import type { Language } from "../../shared/contract/languages.ts";
import type { LongButton } from "../../shared/genesys/button-data.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import { agentTextMessages, textContentMessages } from "./contents/agent-text.ts";
import { attachmentMessages } from "./contents/attachment.ts";
import { cardContentMessages, carouselMessages } from "./contents/card.ts";
import { datePickerMessages } from "./contents/date-picker.ts";
import { listPickerMessages } from "./contents/list-picker.ts";
import { locationMessages } from "./contents/location.ts";
import { notificationMessages } from "./contents/notification.ts";
import { type Choices, choicesOf, quickReplyMessages } from "./contents/quick-reply.ts";
import { unknownContentMessages } from "./contents/unknown-content.ts";
import { contentTypeOf } from "./genesys/content-type-of.ts";
import { takeAsks } from "./genesys/take-asks.ts";
import * as tolerant from "./genesys/tolerant.ts";
import { askSentences } from "./line/ask-replies.ts";
import { withChoicesInText } from "./line/choice-lines.ts";
import { groupsOf } from "./line/groups-of.ts";
import { isSaid } from "./line/is-said.ts";
import type { LineAttachment } from "./line/line-attachment.ts";
import { numberedButtons, type Scope } from "./line/scope.ts";
import { textMessages } from "./line/text-messages.ts";
import { mediaUrl } from "./line/urls.ts";
import { WORDS } from "./text/words.ts";

/** https://developers.line.biz/en/reference/messaging-api/#send-push-message */
export const MAX_MESSAGES_PER_PUSH = 5;

/** Five pushes. LINE asks services not to flood a user, and nobody reads more in a chat. */
const MAX_MESSAGES = 25;

export interface RenderContext {
  /** The message's attachments as LINE can show them, by their index in `content` (see `attachmentsOf`). */
  attachments: ReadonlyMap<number, LineAttachment>;
  /** The URLs at which the images of `imagesOf` are hosted, by their own URLs; "" for one that could not be hosted. */
  images: ReadonlyMap<string, string>;
  /** How to show a text that is only a Google Maps link with coordinates. */
  mapsLinks: "text" | "location";
  /** Whether quick replies also stand in the text. */
  choicesInText: boolean;
  /** IANA; for the labels of dates. */
  timeZone: string;
  /** The language of the words that the bridge itself says. */
  language: Language;
  /** Origins whose images may be shown although they are not https (only in a local run). */
  trustedOrigins: ReadonlySet<string>;
}

export interface Rendering {
  pushes: messagingApi.Message[][];
  /** Buttons that are too long for the data of a LINE postback. They must be stored before the push. */
  longButtons: LongButton[];
}

/** The messages of one content entry: none if it needs none, undefined if it cannot be read. */
type Renderer = (
  content: unknown,
  scope: Scope,
  hosted: LineAttachment | undefined,
) => messagingApi.Message[] | undefined;

const RENDERERS: ReadonlyMap<string, Renderer> = new Map<string, Renderer>([
  ["Attachment", attachmentMessages],
  ["Card", cardContentMessages],
  ["Carousel", carouselMessages],
  ["DatePicker", datePickerMessages],
  ["ListPicker", listPickerMessages],
  ["Location", locationMessages],
  ["Notification", notificationMessages],
  ["Text", textContentMessages],
]);

/**
 * The pushes for a Genesys message, each of up to 5 LINE messages (LINE bills by push): its text, unless its content
 * says the same, then its content in order, with quick replies on the very last message, also those for what its
 * texts ask the customer to send. Content that LINE cannot show becomes text. A text that is too long ends in "…".
 * Empty only if the message is empty, or if it holds only attachments that are not in the context. The same input
 * always gives the same pushes. Throws PermanentFailure for a sticker that LINE does not let a bot send, and for an
 * ask that LINE does not have.
 */
export function linePushes(message: OutboundMessage, context: RenderContext): Rendering {
  const { buttonData, longButtons } = numberedButtons(message.id);
  const { attachments, images, trustedOrigins, language, choicesInText } = context;
  const words = WORDS[language];
  const scope: Scope = {
    buttonData,
    mediaUrl: (url) => mediaUrl(images.get(url) ?? url, trustedOrigins),
    mapsLinks: context.mapsLinks,
    timeZone: context.timeZone,
    words,
  };
  const { asks, ...said } = takeAsks(message, (some) => askSentences(some, words).join("\n"));
  const text = agentTextMessages(said.text, scope);
  const contents: messagingApi.Message[] = [];
  const choices: Choices[] = [];
  for (const [index, content] of said.content.slice(0, tolerant.MAX_ITEMS).entries()) {
    if (text.length + contents.length > MAX_MESSAGES) break;
    const contentType = contentTypeOf(content);
    const choice = choicesOf(content);
    if (choice !== undefined) {
      choices.push(choice);
    } else {
      const render = RENDERERS.get(contentType);
      const rendered = render?.(content, scope, attachments.get(index));
      contents.push(...(rendered ?? unknownContentMessages(content, contentType, scope)));
    }
  }
  const messages = isRepeated(text, contents) ? contents : [...text, ...contents];
  const { messages: added, quickReply } = quickReplyMessages(choices, asks, messages, scope);
  const whole = [...messages, ...added];
  const isListed = quickReply !== undefined && choicesInText;
  const all = limited(isListed ? withChoicesInText(whole, quickReply) : whole, scope);
  const last = all.at(-1);
  const answerable = last && quickReply ? all.with(-1, { ...last, quickReply }) : all;
  return { pushes: groupsOf(answerable, MAX_MESSAGES_PER_PUSH), longButtons };
}

/** Genesys Cloud puts what a card or notification says into the message's text, too. What is left out for its length says nothing. */
function isRepeated(text: messagingApi.Message[], contents: messagingApi.Message[]): boolean {
  const parts = text.map((message) => (message.type === "text" ? message.text : ""));
  return !parts.includes("") && isSaid(parts.join(""), contents.slice(0, MAX_MESSAGES - 1));
}

function limited(messages: messagingApi.Message[], { words }: Scope): messagingApi.Message[] {
  if (messages.length <= MAX_MESSAGES) return messages;
  return [...messages.slice(0, MAX_MESSAGES - 1), ...textMessages(words.leftOut)];
}
