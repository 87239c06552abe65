import * as z from "zod";
import { GAUGES } from "../shared/contract/metric-names.ts";
import { PermanentFailure } from "../shared/failures/failures.ts";
import { bridgedCustomerOf } from "../shared/line/webhook-event.ts";
import { ensureTime } from "../shared/queue/attempt.ts";
import { carriedParts, ensureSameSplit } from "../shared/queue/sent-parts.ts";
import type { DeliverOnce } from "./deliver-once.ts";
import type { FetchLineMedia } from "./media/fetch-line-media.ts";
import {
  enqueueMedia,
  isLate,
  LATE_PART,
  msForMedia,
  NotFetched,
  untilLate,
} from "./media/late-media.ts";
import type { NameAuthor } from "./name-author.ts";
import { type Part, type PartsDependencies, partsOf, placeholderPart } from "./parts-of.ts";
import type { QueuedEvent } from "./queued-event.ts";
import { forgetQuotable, keepForQuotes, quoteOf } from "./quotes.ts";
import { rememberCustomer } from "./remember-customer.ts";
import { eventKind } from "./translate/event-kind.ts";
import type { MessageSender } from "./translate/genesys-message.ts";
import { translateLineEvent } from "./translate/line-event.ts";
import type { Translation } from "./translate/translation.ts";
import { unsentMessageId } from "./translate/unsend.ts";

export interface TakeEventDependencies {
  nameAuthor: NameAuthor;
  media: PartsDependencies;
  deliverOnce: DeliverOnce;
  /** In ms. */
  now(): number;
}

/** What they tell is acted on at every receive: the customer is not to be written to, or media is to be deleted. */
const ACTED_ON_AT_ONCE = new Set(["unfollow", "leave", "unsend"]);

const redelivered = z.looseObject({
  deliveryContext: z.looseObject({ isRedelivery: z.literal(true) }),
});

/** Translates a LINE event and posts it to Genesys Cloud, each part once. Throws what posting and fetching media throw. */
export async function takeEvent(queued: QueuedEvent, deps: TakeEventDependencies): Promise<void> {
  const { brand, event, attempt } = queued;
  const translation = translate(queued);
  // The first receive has done what can be done without Genesys Cloud.
  const isPrepared = attempt.receives > 1 && !ACTED_ON_AT_ONCE.has(event.type);
  if (translation !== undefined && isPrepared) {
    await brand.hosts.ensureWorking("genesys-api", attempt);
  }
  const customer = await rememberCustomer(queued);
  await forgetUnsent(queued);
  if (translation === undefined) {
    brand.log.info("Ignored on purpose", { correlationId: event.webhookEventId });
    return;
  }
  const [author, quote] = await Promise.all([
    deps.nameAuthor(brand, event, translation.customer, customer),
    quoteOf(queued, translation.customer),
    keepForQuotes(queued, translation.customer),
  ]);
  const { timestamp } = event;
  const sender: MessageSender = { messageId: translation.messageId, timestamp, ...author, quote };
  await deliverEvent(translation, sender, queued, deps);
}

/** Delivers the parts of an event; without its media where that cannot be had in time. */
async function deliverEvent(
  translation: Translation,
  sender: MessageSender,
  queued: QueuedEvent,
  deps: TakeEventDependencies,
): Promise<void> {
  const { messageId, text, media } = translation;
  const { brand, event, attempt } = queued;
  const late = { webhookEventId: event.webhookEventId, part: LATE_PART };
  const sent = carriedParts(attempt.record);
  // What was sent of a dead letter with media is the note that it comes later: with the media it would be none.
  const isPromised =
    media !== undefined && (sent !== undefined || (await brand.deliveries.isPromised(late)));
  if (!isPromised) {
    try {
      const withinMs = media && (await msForMedia(queued, deps.now()));
      const fetchMedia: FetchLineMedia = (request) =>
        deps.media.fetchMedia({ ...request, withinMs });
      const parts = partsOf(translation, sender, queued, { ...deps.media, fetchMedia });
      return await deliver(queued, messageId, parts, deps);
    } catch (error) {
      if (!(error instanceof NotFetched) || media === undefined) throw error;
      const { reason } = error;
      if (!isLate(queued, reason, deps.now())) throw untilLate(queued, reason, deps.now());
      // Written down before anything leaves: a worker that takes over does the same.
      await brand.deliveries.promise(late);
    }
  }
  await deliver(
    queued,
    messageId,
    [placeholderPart({ text, media }, sender, queued, deps.media)],
    deps,
  );
  await enqueueMedia(queued, media);
}

/** Undefined for an event that is only logged. Throws PermanentFailure. */
export function translate({ brand, event }: QueuedEvent): Translation | undefined {
  try {
    return translateLineEvent(event, brand.settings);
  } catch {
    throw new PermanentFailure(
      "Untranslatable",
      `A ${event.type} event lacks fields that LINE documents.`,
    );
  }
}

/**
 * LINE asks that what a customer has taken back is deleted.
 * https://developers.line.biz/en/reference/messaging-api/#unsend-event
 */
async function forgetUnsent({ brand, event }: QueuedEvent): Promise<void> {
  const messageId = unsentMessageId(event);
  const customer = bridgedCustomerOf(event, brand.settings.groups);
  if (messageId === undefined || customer === undefined) return;
  const { store, prefix } = brand.media;
  await forgetQuotable({ brand, event }, customer, messageId);
  const own = await prefix({ customer, messageId });
  await brand.erasures.erased(own);
  await store.deleteAll(own);
}

async function deliver(
  { brand, event, attempt }: QueuedEvent,
  messageId: string,
  parts: readonly Part[],
  deps: TakeEventDependencies,
): Promise<void> {
  const { webhookEventId } = event;
  const carried = carriedParts(attempt.record);
  ensureSameSplit(carried, parts.length);
  // By an earlier receive, some of several parts, or before LINE has sent the event again: that needs no turn.
  const mayBeDelivered =
    (attempt.receives > 1 && parts.length > 1) || redelivered.safeParse(event).success;
  let isNew = false;
  for (const [index, part] of parts.entries()) {
    if (carried?.sent.includes(String(index + 1))) continue;
    ensureTime(attempt, deps.now());
    const key = { webhookEventId, part: index + 1, parts: parts.length };
    const isDeliveredNow = await deps.deliverOnce(brand, key, attempt.endsAt, async (claim) => {
      if (mayBeDelivered) await claim();
      await part(claim);
    });
    isNew = isDeliveredNow || isNew;
  }
  const millisecondsSinceEvent = deps.now() - event.timestamp;
  if (isNew) {
    // LINE's clock may be ahead of ours.
    brand.measure(GAUGES.timeToGenesys, Math.max(0, millisecondsSinceEvent));
  }
  brand.log.info(isNew ? "Delivered to Genesys" : "Had been delivered to Genesys", {
    correlationId: webhookEventId,
    // By this one Genesys Cloud knows it.
    messageId,
    kind: eventKind(event),
    parts: parts.length,
    millisecondsSinceEvent,
  });
}
