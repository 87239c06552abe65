import { customerPrefixOf } from "../shared/media/media-keys.ts";
import { ensureTime } from "../shared/queue/attempt.ts";
import { AHEAD_MS } from "../shared/queue/believable-time.ts";
import { LATE_PART } from "./media/late-media.ts";
import { postOutcome } from "./parts-of.ts";
import type { QueuedEvent } from "./queued-event.ts";
import { type TakeEventDependencies, translate } from "./take-event.ts";
import type { MessageSender } from "./translate/genesys-message.ts";
import type { LineMedia, MediaOutcome } from "./translate/translation.ts";
import type { WorkerBrand } from "./worker-brand.ts";

/**
 * Posts the media of an event that has been delivered without it, or why there is none, once. What is known
 * of the customer is read and not changed: the customer may have been forgotten meanwhile. Throws what
 * posting and fetching media throw.
 */
export async function takeMedia(queued: QueuedEvent, deps: TakeEventDependencies): Promise<void> {
  const { brand, event, attempt } = queued;
  const { webhookEventId, timestamp } = event;
  if (attempt.receives > 1) await brand.hosts.ensureWorking("genesys-api", attempt);
  const translation = translate(queued);
  if (translation?.media === undefined) {
    brand.log.info("Ignored on purpose", { correlationId: webhookEventId });
    return;
  }
  const { media, customer, messageId } = translation;
  const sender: MessageSender = {
    messageId: `${messageId}#${LATE_PART}`,
    timestamp,
    ...(await deps.nameAuthor(readingOnly(brand), event, customer, undefined)),
  };
  ensureTime(attempt, deps.now());
  const key = { webhookEventId, part: LATE_PART, parts: LATE_PART };
  const isNew = await deps.deliverOnce(brand, key, attempt.endsAt, async (claim) => {
    await claim();
    const outcome = await fetchUnlessErased(media, customer, queued, deps);
    await postOutcome({ media, outcome, text: "" }, sender, { ...queued, claim }, deps.media);
  });
  brand.log.info(isNew ? "Delivered media to Genesys" : "Had been delivered to Genesys", {
    correlationId: webhookEventId,
    messageId: sender.messageId,
    millisecondsSinceEvent: deps.now() - timestamp,
  });
}

function readingOnly(brand: WorkerBrand): WorkerBrand {
  return { ...brand, customers: { ...brand.customers, named: async () => {} } };
}

/** What was erased while it was fetched is deleted again: whoever erased it may not have found it. */
async function fetchUnlessErased(
  media: LineMedia,
  customer: string,
  queued: QueuedEvent,
  deps: TakeEventDependencies,
): Promise<MediaOutcome> {
  const { brand, event, attempt } = queued;
  const { timestamp } = event;
  const { store, prefix } = brand.media;
  const own = await prefix({ customer, messageId: media.messageId });

  async function erasure(): Promise<MediaOutcome | undefined> {
    const { isErased } = brand.erasures;
    if (await isErased(own)) return { outcome: "missing", because: "unsent" };
    const isForgotten = await isErased(customerPrefixOf(own), timestamp - AHEAD_MS);
    return isForgotten ? { outcome: "missing", because: "erased" } : undefined;
  }

  const before = await erasure();
  if (before !== undefined) return before;
  const outcome = await deps.media.fetchMedia({ brand, customer, media, timestamp, attempt });
  const meanwhile = await erasure();
  if (meanwhile !== undefined) await store.deleteAll(own);
  return meanwhile ?? outcome;
}
