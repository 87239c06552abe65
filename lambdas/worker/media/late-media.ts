import { groupIds } from "../../shared/contract/group-ids.ts";
import { queueId } from "../../shared/contract/queue-id.ts";
import {
  CountedOutage,
  PermanentFailure,
  RetryableFailure,
} from "../../shared/failures/failures.ts";
import { waitedMs } from "../../shared/queue/backoff.ts";
import type { InboundQueueMessage } from "../../shared/queue/queue-messages.ts";
import type { QueuedEvent } from "../queued-event.ts";
import type { LineMedia } from "../translate/translation.ts";

/** The part of an event that brings media which did not come with part 1. */
export const LATE_PART = 2;

/** A customer's later messages wait behind media for so long, from its first receive. */
const WAIT_MS = 60_000;
/** In less no content comes, and LINE would be blamed for it. */
const SHORTEST_TRY_MS = 5_000;
/** For an event whose time was over before its first try, because it waited behind others. */
const OVERDUE_TRY_MS = 10_000;
/** Pauses between tries double, and the next one could be longer than what is left. */
const LONG_PAUSE_SECONDS = 30;
/** Before the end there is one more try. */
const LAST_TRY_SECONDS = 10;

/** Media could not be fetched, for this reason; nothing of it has been posted. */
export class NotFetched extends Error {
  override name = "NotFetched";
  readonly reason: unknown;
  constructor(reason: unknown) {
    super("Media could not be fetched.");
    this.reason = reason;
  }
}

/**
 * How long (ms) an event that has not been delivered may fetch its media now: up to the end of its wait; 0 where
 * that is over. But every event has one try. `now` in ms.
 */
export async function msForMedia(queued: QueuedEvent, now: number): Promise<number> {
  const { attempt } = queued;
  const left = WAIT_MS - waitedMs(attempt.record, now);
  if (left >= SHORTEST_TRY_MS) return left;
  return attempt.receives > 1 && (await wasTried(queued)) ? 0 : OVERDUE_TRY_MS;
}

/** A worker that was killed has counted no failure, and left its claim. */
async function wasTried({ brand, event: { webhookEventId }, attempt }: QueuedEvent) {
  if ((await attempt.failures()) > 0) return true;
  return brand.deliveries.isPromised({ webhookEventId, part: 1 });
}

/** Whether an event need not wait for its media any longer. `now` in ms. */
export function isLate({ attempt }: Pick<QueuedEvent, "attempt">, reason: unknown, now: number) {
  if (reason instanceof PermanentFailure) return false;
  return attempt.receives > 1 && waitedMs(attempt.record, now) >= WAIT_MS;
}

/** The reason why media could not be fetched, with the next try no later than when the event is late. `now` in ms. */
export function untilLate({ attempt }: Pick<QueuedEvent, "attempt">, reason: unknown, now: number) {
  if (!(reason instanceof RetryableFailure)) return reason;
  const left = Math.max(1, Math.ceil((WAIT_MS - waitedMs(attempt.record, now)) / 1_000));
  const { message, retryAfterSeconds: asked } = reason;
  const isSoon = asked === undefined ? left > LONG_PAUSE_SECONDS : asked <= left;
  if (isSoon) return reason;
  const hasLastTry = asked === undefined && left > LAST_TRY_SECONDS;
  const sooner = new RetryableFailure(message, hasLastTry ? left - LAST_TRY_SECONDS : left);
  return reason instanceof CountedOutage ? new CountedOutage(sooner, reason.isAlone) : sooner;
}

/** Puts the media of an event into a group of its own; a second call does no harm. Throws EnqueueFailure. */
export async function enqueueMedia({ brand, event }: QueuedEvent, media: LineMedia): Promise<void> {
  const { webhookEventId } = event;
  const queued: InboundQueueMessage = { kind: "media", brand: brand.key, event };
  const id = queueId.safeParse(media.messageId).data ?? webhookEventId;
  await brand.enqueue([
    {
      groupId: groupIds.media(brand.key, id),
      deduplicationId: `media#${webhookEventId}`,
      body: JSON.stringify(queued),
    },
  ]);
}
