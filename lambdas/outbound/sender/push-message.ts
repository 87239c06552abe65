import type { Brand } from "../../shared/brand/brand.ts";
import { LimitReached, PermanentFailure } from "../../shared/failures/failures.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import type { Attempt } from "../../shared/queue/attempt.ts";
import {
  carriedParts,
  ensureSameSplit,
  type SentParts,
  unitedParts,
} from "../../shared/queue/sent-parts.ts";
import type { HostMedia } from "../media/host-media.ts";
import { linePushes, type RenderContext } from "../translate/line-pushes.ts";
import { WORDS } from "../translate/text/words.ts";
import { keepForQuotes } from "./keep-for-quotes.ts";
import { lineOfMessage } from "./line-of-message.ts";
import type { MessagesLeft } from "./messages-left.ts";
import { pushPart } from "./push-part.ts";
import type { Conversation } from "./read-conversation.ts";
import { createReplies, replyUnclear } from "./replies.ts";

export interface PushDependencies {
  hostMedia: HostMedia;
  rendering: Pick<RenderContext, "timeZone" | "language" | "trustedOrigins">;
  messagesLeft: MessagesLeft;
  /** In ms. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** When this sender has started, in ms. */
  startedAt: number;
}

/** Quick customers answer while media is hosted; below that another read of their record is not worth its price. */
const OUTDATED_MS = 1_000;

/**
 * Renders a message of an agent or bot and sends it to LINE, by pushes or its first part as a reply. Throws what
 * hosting media, replying and pushing throw.
 */
export async function pushMessage(
  message: OutboundMessage,
  conversation: Conversation,
  ownBrand: Brand,
  attempt: Attempt,
  { hostMedia, rendering, messagesLeft, now, sleep, startedAt }: PushDependencies,
): Promise<void> {
  const { line, accepted } = lineOfMessage(message, ownBrand, rendering.timeZone);
  const brand = { ...ownBrand, line };
  const { mapsLinks, choicesInText, templates } = brand.settings;
  const readAt = now();
  const hosted = await hostMedia(brand, message, attempt);
  const isOutdated = now() - readAt >= OUTDATED_MS;
  const context = { ...rendering, ...hosted, mapsLinks, choicesInText, templates };
  const { pushes, longButtons } = linePushes(message, context);
  if (pushes.length === 0) {
    throw new PermanentFailure(
      "Unsupported",
      "The message holds nothing that the bridge can show in LINE.",
      "UnsupportedMessage",
    );
  }
  const sent = await knownParts(message, brand, attempt);
  ensureSameSplit(sent, pushes.length);
  if (longButtons.length > 0) await brand.buttons.put(message.id, longButtons);
  const words = WORDS[rendering.language];
  const { id, channel } = message;
  const parts = pushes.length;
  const to = channel.to.id;
  const replies = createReplies({ id, to }, { ...conversation, isOutdated }, brand, attempt, {
    now,
    sleep,
    startedAt,
  });
  const pushing = { brand, attempt, id, to, words, parts, sent, replies, now };
  try {
    for (const [index, messages] of pushes.entries()) {
      await pushPart(messages, [index + 1], pushing);
    }
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    const limit = replies.isUnclear()
      ? new LimitReached(replyUnclear(), error.retryAfterSeconds)
      : error;
    // LINE also says that the limit is reached while it delivers a broadcast.
    throw (await messagesLeft(brand)) ? limit : limit.afterPatience;
  } finally {
    await keepForQuotes(accepted, { to, at: now() }, brand);
  }
}

/**
 * What is known to have been sent of a dead letter that came back. Another copy of the same letter may have
 * come back before. Without a letter, LINE knows by the retry keys.
 */
async function knownParts(
  { id }: OutboundMessage,
  brand: Brand,
  { record }: Attempt,
): Promise<SentParts | undefined> {
  const carried = carriedParts(record);
  return carried && unitedParts(carried, await brand.sent.get(id));
}
