import type { SQSRecord } from "aws-lambda";
import type { BrandSettings } from "../shared/contract/brand-settings.ts";
import { GAUGES, METRICS } from "../shared/contract/metric-names.ts";
import { PermanentFailure } from "../shared/failures/failures.ts";
import type { CountDelivered, Measure } from "../shared/function/counter.ts";
import type { QueueHandler } from "../shared/function/lambda-function.ts";
import { parseWithNumbersAsText } from "../shared/line/exact-json.ts";
import { bridgedCustomerOf, COORDINATES, type WebhookEvent } from "../shared/line/webhook-event.ts";
import { receivesOf } from "../shared/queue/backoff.ts";
import { type ConsumeDependencies, consumeFifo } from "../shared/queue/consume-fifo.ts";
import type { FailureTable } from "../shared/queue/failure-table.ts";
import { type InboundQueueMessage, inboundQueueMessage } from "../shared/queue/queue-messages.ts";
import type { DeliverOnce } from "./deliver-once.ts";
import type { GenesysClient } from "./genesys/client.ts";
import type { Urgency } from "./genesys/request-budget.ts";
import type { NameSender } from "./name-author.ts";
import { type Part, type PartsDependencies, partsOf, type QueuedEvent } from "./parts-of.ts";
import type { RememberCustomer } from "./remember-customer.ts";
import { eventKind } from "./translate/event-kind.ts";
import type { MessageSender } from "./translate/genesys-message.ts";
import { translateLineEvent } from "./translate/line-event.ts";
import { genesysReceipt } from "./translate/receipt.ts";
import type { Translation } from "./translate/translation.ts";
import { unsentMessageId } from "./translate/unsend.ts";

/** An agent does not see for so long that a message has failed; less than what the alarm on the oldest message waits. */
const RECEIPT_PATIENCE_MS = 3 * 60_000;

export interface WorkerDependencies
  extends Omit<ConsumeDependencies, "attempt">,
    PartsDependencies {
  brands: ReadonlyMap<string, BrandSettings>;
  rememberCustomer: RememberCustomer;
  nameSender: NameSender;
  /** Deletes what is hosted of a LINE message. */
  forgetMedia(message: { brand: string; customer: string; messageId: string }): Promise<void>;
  deliverOnce: DeliverOnce;
  failures: Pick<FailureTable, "of">;
  countDelivered: CountDelivered;
  measure: Measure;
  genesys: GenesysClient;
}

/** Consumes the inbound queue: translates LINE events and posts them, and receipts, to Genesys Cloud. */
export function createHandler(deps: WorkerDependencies): QueueHandler {
  return (event, context) =>
    consumeFifo(event.Records, () => context.getRemainingTimeInMillis(), {
      ...deps,
      attempt: (record, ensureTime) => attempt(record, ensureTime, deps),
    });
}

async function attempt(
  record: SQSRecord,
  ensureTime: () => void,
  deps: WorkerDependencies,
): Promise<void> {
  const queued = parse(record);
  const settings = deps.brands.get(queued.brand);
  if (settings === undefined) {
    throw new PermanentFailure("UnknownBrand", `The brand ${queued.brand} is not configured.`);
  }
  const { brand } = queued;
  if (queued.kind === "receipt") {
    const { receipt } = queued;
    await deps.genesys.postReceipt(brand, genesysReceipt(receipt), urgencyOf(record, deps));
    deps.countDelivered(brand, "receipt");
    deps.log.info("Told Genesys how a message fared", {
      brand,
      correlationId: receipt.messageId,
      status: receipt.status,
    });
    return;
  }
  const failures = () => deps.failures.of(record.messageId);
  const isRepeated = receivesOf(record) > 1;
  await takeEvent({ brand, settings, event: queued.event, isRepeated, failures }, ensureTime, deps);
}

/** Where messages take every turn, receipts would never get one. */
function urgencyOf({ attributes }: SQSRecord, deps: WorkerDependencies): Urgency {
  const waited = deps.now() - Number(attributes.ApproximateFirstReceiveTimestamp);
  return waited > RECEIPT_PATIENCE_MS ? "message" : "receipt";
}

function parse(record: SQSRecord): InboundQueueMessage {
  try {
    return inboundQueueMessage.parse(parseWithNumbersAsText(record.body, COORDINATES));
  } catch {
    throw new PermanentFailure("Unreadable", "The queue message is not one of the bridge's.");
  }
}

async function takeEvent(
  queued: QueuedEvent,
  ensureTime: () => void,
  deps: WorkerDependencies,
): Promise<void> {
  const { brand, settings, event } = queued;
  const translation = translate(event, settings);
  const customer = await deps.rememberCustomer(brand, settings, event);
  await forgetUnsent(queued, deps);
  if (translation === undefined) {
    deps.count(METRICS.ignored, brand);
    deps.log.info("Ignored on purpose", { brand, correlationId: event.webhookEventId });
    return;
  }
  const sender: MessageSender = {
    messageId: translation.messageId,
    timestamp: event.timestamp,
    customAttributes: settings.customAttributes,
    ...(await deps.nameSender(brand, event, translation.customer, customer)),
  };
  const parts = partsOf(translation, sender, queued, deps);
  await deliver(queued, translation.messageId, parts, ensureTime, deps);
}

function translate(event: WebhookEvent, settings: BrandSettings): Translation | undefined {
  try {
    return translateLineEvent(event, settings);
  } catch {
    throw new PermanentFailure(
      "Untranslatable",
      `A ${event.type} event lacks fields that LINE documents.`,
    );
  }
}

/** LINE asks that what a customer has taken back is deleted. https://developers.line.biz/en/reference/messaging-api/#unsend-event */
async function forgetUnsent(
  { brand, settings, event }: QueuedEvent,
  deps: WorkerDependencies,
): Promise<void> {
  const messageId = unsentMessageId(event);
  const customer = bridgedCustomerOf(event, settings.groups);
  if (messageId === undefined || customer === undefined) return;
  await deps.forgetMedia({ brand, customer, messageId });
}

async function deliver(
  { brand, event }: QueuedEvent,
  messageId: string,
  parts: readonly Part[],
  ensureTime: () => void,
  deps: WorkerDependencies,
): Promise<void> {
  const { webhookEventId } = event;
  let isNew = false;
  for (const [index, part] of parts.entries()) {
    ensureTime();
    isNew = (await deps.deliverOnce({ brand, webhookEventId, part: index + 1 }, part)) || isNew;
  }
  const millisecondsSinceEvent = deps.now() - event.timestamp;
  if (isNew) {
    deps.countDelivered(brand, eventKind(event));
    // LINE's clock may be ahead of ours.
    deps.measure(GAUGES.timeToGenesys, brand, Math.max(0, millisecondsSinceEvent));
  }
  deps.log.info(isNew ? "Delivered to Genesys" : "Had been delivered to Genesys", {
    brand,
    correlationId: webhookEventId,
    // By this one Genesys Cloud knows it.
    messageId,
    parts: parts.length,
    millisecondsSinceEvent,
  });
}
