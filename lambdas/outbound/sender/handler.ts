import type { Brand } from "../../shared/brand/brand.ts";
import type { FindBrand } from "../../shared/brand/find-brand.ts";
import { GAUGES, METRICS, type MetricName } from "../../shared/contract/metric-names.ts";
import type { ParkReason } from "../../shared/contract/park-reasons.ts";
import type { QueueHandler } from "../../shared/function/lambda-function.ts";
import { type OutboundMessage, writtenAt } from "../../shared/genesys/outbound-message.ts";
import { QUOTA_EXCEEDED, REPLY_UNCLEAR } from "../../shared/line/failures.ts";
import type { Attempt } from "../../shared/queue/attempt.ts";
import { believableTime } from "../../shared/queue/believable-time.ts";
import type { Consume } from "../../shared/queue/consume-fifo.ts";
import { agentMessageTime, readOutboundMessage } from "../../shared/queue/queue-messages.ts";
import { messageKind } from "../translate/genesys/message-kind.ts";
import { type BatchBrand, createBatchBrands } from "./batch-brands.ts";
import { type PushDependencies, pushMessage } from "./push-message.ts";
import { readConversation } from "./read-conversation.ts";
import type { Receipts } from "./receipts.ts";
import { sentSoFar } from "./sent-so-far.ts";
import { markAsRead, showTyping } from "./side-calls.ts";
import { refuseUnknownOutcome } from "./unknown-outcome.ts";

export interface SenderDependencies extends PushDependencies {
  findBrand: FindBrand<Brand>;
  consume: Consume;
  receipts: Receipts;
}

/** What is counted when a message is parked for these reasons. */
const COUNTED_REASONS: ReadonlyMap<ParkReason, MetricName> = new Map([
  [QUOTA_EXCEEDED, METRICS.quotaExceeded],
  [REPLY_UNCLEAR, METRICS.replyUnclearFailed],
]);

/** Consumes the outbound queues: renders agents' messages and pushes them to LINE. */
export function createHandler(deps: SenderDependencies): QueueHandler {
  return (event, context) => {
    const findBrand = createBatchBrands(event.Records, deps.findBrand, deps.now);
    return deps.consume(event.Records, context.getRemainingTimeInMillis(), {
      async attempt(attempt) {
        const queued = readOutboundMessage(attempt.record);
        const brand = findBrand(queued.brand);
        if (queued.kind === "typing") {
          await showTyping(attempt.record, queued, brand, deps.now());
        } else {
          await send(queued.message, brand, attempt, deps);
        }
      },
      timeOf: agentMessageTime,
      sentParts: (record) => sentSoFar(record, deps.findBrand),
      beforeParking: (record, failure) => deps.receipts.failed(record, failure),
      parked(record, failure) {
        const metric = COUNTED_REASONS.get(failure.reason);
        if (metric === undefined) return;
        // The message has been sent to LINE, so the body can be read and its brand is known.
        deps.findBrand(readOutboundMessage(record).brand).count(metric);
      },
    });
  };
}

async function send(
  message: OutboundMessage,
  brand: BatchBrand,
  attempt: Attempt,
  deps: SenderDependencies,
): Promise<void> {
  // The first receive has done what can be done without LINE: an attachment's link may expire, and the agent
  // of a customer who has blocked the account hears of that.
  if (attempt.receives > 1) await brand.hosts.ensureWorking("line-api", attempt);
  refuseUnknownOutcome(attempt, deps.now());
  const conversation = await readConversation(brand, message, attempt);
  const { customer } = conversation;
  if (customer?.isBlocked) return reportBlocked(message, brand, deps);
  await pushMessage(message, conversation, brand, attempt, deps);
  // Its webhook's arrival stands in where it does not say when it was written.
  const { record } = attempt;
  const said = writtenAt(message) ?? Number(record.attributes.SentTimestamp);
  const writtenOrSent = believableTime(said, record);
  const millisecondsSinceMessage = Math.max(0, deps.now() - writtenOrSent);
  brand.measure(GAUGES.timeToLine, millisecondsSinceMessage);
  brand.log.info("Delivered to LINE", {
    correlationId: message.id,
    kind: messageKind(message),
    millisecondsSinceMessage,
  });
  if (brand.settings.markAsRead) await markAsRead(message, customer, brand);
  if (brand.settings.receipts === "all") await deps.receipts.delivered(brand, message);
}

/**
 * LINE would accept the push and drop it in silence. That is nothing for the dead-letter queue: no
 * operator can fix it, and the agent hears of it.
 */
async function reportBlocked(
  message: OutboundMessage,
  brand: Brand,
  { receipts }: SenderDependencies,
): Promise<void> {
  await receipts.blocked(brand, message);
  brand.count(METRICS.recipientBlocked);
  brand.log.info("Not pushed: the customer has blocked the account", {
    correlationId: message.id,
  });
}
