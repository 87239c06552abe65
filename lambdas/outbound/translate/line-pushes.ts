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
import { notificationMessages, saysNotification } from "./contents/notification.ts";
import { type Choices, choicesOf, quickReplyMessages } from "./contents/quick-reply.ts";
import { readableMessages, unknownContentMessages } from "./contents/unknown-content.ts";
import { contentTypeOf } from "./genesys/content-type-of.ts";
import { takeAsks } from "./genesys/take-asks.ts";
import { takeTemplates } from "./genesys/take-templates.ts";
import * as tolerant from "./genesys/tolerant.ts";
import { askSentences } from "./line/ask-replies.ts";
import { brandTemplateMessages, type LineTemplates } from "./line/brand-template.ts";
import { withChoicesInText } from "./line/choice-lines.ts";
import { groupsOf } from "./line/groups-of.ts";
import { isSaid } from "./line/is-said.ts";
import { liftReplies } from "./line/lift-replies.ts";
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
  /** The brand's. */
  templates: LineTemplates;
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

/** Their renderers take the markers of templates themselves: a template stands among the words, or takes parameters. */
const TAKES_ITS_OWN = new Set(["Text", "Notification"]);

/**
 * The pushes for a Genesys message, each of up to 5 LINE messages (LINE bills by push): its text, unless its content
 * says the same, then its content in order, with quick replies on the very last message, also those for what its
 * texts ask the customer to send. Content that LINE cannot show becomes text. A text that is too long ends in "…".
 * Empty only if the message is empty, or if it holds only attachments that are not in the context. The same input
 * always gives the same pushes. Throws PermanentFailure for a sticker that LINE does not let a bot send, for an
 * ask that LINE does not have, and for a template that the brand does not have or that cannot be sent so.
 */
export function linePushes(message: OutboundMessage, context: RenderContext): Rendering {
  const { buttonData, longButtons } = numberedButtons(message.id);
  const { attachments, images, trustedOrigins, language, choicesInText } = context;
  const words = WORDS[language];
  const mediaUrlInLine = (url: string) => mediaUrl(images.get(url) ?? url, trustedOrigins);
  const ofTemplates = {
    templates: context.templates,
    trustedOrigins,
    mediaUrl: mediaUrlInLine,
    to: message.channel.to.id,
  };
  const scope: Scope = {
    buttonData,
    mediaUrl: mediaUrlInLine,
    template: (call) => brandTemplateMessages(call, ofTemplates),
    mapsLinks: context.mapsLinks,
    timeZone: context.timeZone,
    words,
  };
  const { asks, ...said } = takeAsks(message, (some) => askSentences(some, words).join("\n"));
  const isNotified = said.content.some(
    (entry) => contentTypeOf(entry) === "Notification" && saysNotification(said.text, entry),
  );
  const text = isNotified ? [] : agentTextMessages(said.text, scope);
  const contents: messagingApi.Message[] = [];
  const choices: Choices[] = [];
  for (const [index, entry] of said.content.slice(0, tolerant.MAX_ITEMS).entries()) {
    if (text.length + contents.length > MAX_MESSAGES) break;
    const taken = takeTemplates(entry);
    const choice = choicesOf(taken.content);
    if (choice === undefined) {
      contents.push(...contentMessages(entry, taken, scope, attachments.get(index)));
    } else {
      choices.push(choice);
      contents.push(...taken.calls.flatMap(scope.template));
    }
  }
  const all = isRepeated(text, contents) ? contents : [...text, ...contents];
  const { messages, replies } = liftReplies(all);
  const { messages: added, quickReply } = quickReplyMessages(
    choices,
    asks,
    replies,
    messages,
    scope,
  );
  const whole = [...messages, ...added];
  const isListed = quickReply !== undefined && choicesInText;
  const sent = limited(isListed ? withChoicesInText(whole, quickReply) : whole, scope);
  const last = sent.at(-1);
  const answerable = last && quickReply ? sent.with(-1, { ...last, quickReply }) : sent;
  return { pushes: groupsOf(answerable, MAX_MESSAGES_PER_PUSH), longButtons };
}

/** The messages of an entry, and the templates that its texts name behind them. */
function contentMessages(
  entry: unknown,
  { content, calls }: ReturnType<typeof takeTemplates>,
  scope: Scope,
  hosted: LineAttachment | undefined,
): messagingApi.Message[] {
  const contentType = contentTypeOf(entry);
  const takesItsOwn = TAKES_ITS_OWN.has(contentType);
  const rendered = RENDERERS.get(contentType)?.(takesItsOwn ? entry : content, scope, hosted);
  if (rendered !== undefined && takesItsOwn) return rendered;
  const other = () =>
    calls.length > 0
      ? readableMessages(content)
      : unknownContentMessages(content, contentType, scope);
  return [...(rendered ?? other()), ...calls.flatMap(scope.template)];
}

/**
 * Genesys Cloud puts what a card or notification says into the message's text, too. What is left out for its length
 * says nothing.
 */
function isRepeated(text: messagingApi.Message[], contents: messagingApi.Message[]): boolean {
  const shown = contents.slice(0, MAX_MESSAGES - 1);
  const same = new Set(shown.map((message) => JSON.stringify(message)));
  const others = text.filter((message) => !same.has(JSON.stringify(message)));
  const words = others.map((message) => (message.type === "text" ? message.text : ""));
  return others.length === 0 || (!words.includes("") && isSaid(words.join(""), shown));
}

function limited(messages: messagingApi.Message[], { words }: Scope): messagingApi.Message[] {
  if (messages.length <= MAX_MESSAGES) return messages;
  return [...messages.slice(0, MAX_MESSAGES - 1), ...textMessages(words.leftOut)];
}
