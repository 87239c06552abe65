import type { SQSRecord } from "aws-lambda";
import { type ConsumeDependencies, consumeFifo } from "../shared/consume-fifo.ts";
import type { BrandSettings } from "../shared/environment.ts";
import { PermanentFailure } from "../shared/errors.ts";
import { parseWithNumbersAsText } from "../shared/exact-json.ts";
import type { GenesysClient } from "../shared/genesys/client.ts";
import type { QueueHandler } from "../shared/lambda-function.ts";
import { COORDINATES, type WebhookEvent } from "../shared/line/webhook-event.ts";
import { METRICS } from "../shared/names.ts";
import { type InboundQueueMessage, inboundQueueMessage } from "../shared/queue-messages.ts";
import type { DeliverOnce } from "./deliver-once.ts";
import type { Nickname } from "./nickname.ts";
import { genesysMessages } from "./translate/genesys-message.ts";
import { type Translation, translateLineEvent } from "./translate/line-event.ts";
import { genesysReceipt } from "./translate/receipt.ts";

export interface WorkerDependencies extends Omit<ConsumeDependencies, "attempt"> {
  brands: ReadonlyMap<string, BrandSettings>;
  nickname: Nickname;
  deliverOnce: DeliverOnce;
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
  if (queued.kind === "receipt") {
    await deps.genesys.postReceipt(queued.brand, genesysReceipt(queued.receipt));
  } else {
    await deliverEvent(queued.brand, settings, queued.event, ensureTime, deps);
  }
}

function parse(record: SQSRecord): InboundQueueMessage {
  try {
    return inboundQueueMessage.parse(parseWithNumbersAsText(record.body, COORDINATES));
  } catch {
    throw new PermanentFailure("Unreadable", "The queue message is not one of the bridge's.");
  }
}

async function deliverEvent(
  brand: string,
  settings: BrandSettings,
  event: WebhookEvent,
  ensureTime: () => void,
  deps: WorkerDependencies,
): Promise<void> {
  const translation = translate(event);
  if (translation.kind === "ignored") {
    deps.count(METRICS.ignored, brand);
    return;
  }
  const nickname = await deps.nickname(brand, translation.customer);
  const messages = genesysMessages(
    translation.text,
    translation.messageId,
    { id: translation.customer, nickname },
    event.timestamp,
    settings.customAttributes,
  );
  const { webhookEventId } = event;
  let isNew = false;
  for (const [index, message] of messages.entries()) {
    ensureTime();
    const hasRun = await deps.deliverOnce({ brand, webhookEventId, part: index + 1 }, () =>
      deps.genesys.postMessage(brand, settings.endpoint, message),
    );
    isNew ||= hasRun;
  }
  if (isNew) deps.count(METRICS.delivered, brand);
  deps.log.info(isNew ? "Delivered to Genesys" : "Had been delivered to Genesys", {
    brand,
    webhookEventId,
    parts: messages.length,
    millisecondsSinceEvent: deps.now() - event.timestamp,
  });
}

function translate(event: WebhookEvent): Translation {
  try {
    return translateLineEvent(event);
  } catch {
    throw new PermanentFailure(
      "Untranslatable",
      `A ${event.type} event lacks fields that LINE documents.`,
    );
  }
}
