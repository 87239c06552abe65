import type { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import { manyLines } from "../../../shared/text/many-lines.ts";
import { oneLine } from "../../../shared/text/one-line.ts";
import * as tolerant from "../genesys/tolerant.ts";
import { cardMessages } from "../line/card-messages.ts";
import type { LineCard } from "../line/line-card.ts";
import type { Scope } from "../line/scope.ts";
import { answerTap, linkTap, type Tap } from "../line/taps.ts";

const cardAction = z.object({
  type: tolerant.text,
  text: tolerant.text,
  payload: tolerant.text,
  url: tolerant.text,
});

type CardAction = z.infer<typeof cardAction>;

const card = z.object({
  title: tolerant.text,
  description: tolerant.text,
  image: tolerant.text,
  video: tolerant.text,
  defaultAction: cardAction.optional().catch(undefined),
  actions: tolerant.list(cardAction),
});

const cardContent = z.object({ card });
const carouselContent = z.object({ carousel: z.object({ cards: tolerant.list(card) }) });

/**
 * LINE messages for a card; undefined if there is nothing to show.
 * https://developer.genesys.cloud/commdigital/digital/openmessaging/outboundMessages
 */
export function cardContentMessages(
  content: unknown,
  scope: Scope,
): messagingApi.Message[] | undefined {
  const parsed = cardContent.safeParse(content);
  return parsed.success ? shown([lineCard(parsed.data.card, scope)]) : undefined;
}

/** LINE messages for a carousel; undefined if there is nothing to show. */
export function carouselMessages(
  content: unknown,
  scope: Scope,
): messagingApi.Message[] | undefined {
  const parsed = carouselContent.safeParse(content);
  if (!parsed.success) return undefined;
  return shown(parsed.data.carousel.cards.map((part) => lineCard(part, scope)));
}

function shown(cards: LineCard[]): messagingApi.Message[] | undefined {
  const messages = cardMessages(cards);
  return messages.length > 0 ? messages : undefined;
}

function lineCard(
  { title, description, image, video, defaultAction, actions }: z.infer<typeof card>,
  scope: Scope,
): LineCard {
  const buttons: Tap[] = [];
  const lines: string[] = [];
  const watch = { type: "Link", text: scope.words.video, payload: "", url: video };
  for (const action of video === "" ? actions : [...actions, watch]) {
    const button = tapOf(action, scope);
    if (button === undefined) lines.push(lineOf(action));
    else buttons.push(button);
  }
  const tap = defaultAction && tapOf(defaultAction, scope);
  if (defaultAction && tap === undefined) lines.push(lineOf(defaultAction));
  return {
    title: oneLine(title),
    text: manyLines(description),
    imageUrl: scope.mediaUrl(image),
    tap,
    // Without a button, nobody would think that the card can be tapped.
    buttons: tap !== undefined && buttons.length === 0 ? [tap] : buttons,
    lines: lines.filter(Boolean),
  };
}

/** Undefined for a link that LINE does not accept, and for an action without text and payload. */
function tapOf({ type, text, payload, url }: CardAction, scope: Scope): Tap | undefined {
  if (type === "Link" || (type !== "Postback" && url !== "")) return linkTap(text, url, scope);
  const isEmpty = oneLine(text) === "" && oneLine(payload) === "";
  return isEmpty ? undefined : answerTap("Button", { text, payload }, scope);
}

function lineOf({ text, url }: CardAction): string {
  return [oneLine(text), oneLine(url)].filter(Boolean).join(": ");
}
