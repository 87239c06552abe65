import type { SQSRecord } from "aws-lambda";
import type { ButtonTable } from "../shared/aws/button-table.ts";
import type { Button, ButtonData } from "../shared/button-data.ts";
import { type ConsumeDependencies, consumeFifo } from "../shared/consume-fifo.ts";
import type { BrandSettings } from "../shared/environment.ts";
import { PermanentFailure } from "../shared/errors.ts";
import { parseWithNumbersAsText } from "../shared/exact-json.ts";
import type { GenesysClient } from "../shared/genesys/client.ts";
import type { InboundMessage } from "../shared/genesys/inbound-message.ts";
import type { QueueHandler } from "../shared/lambda-function.ts";
import { bridgedCustomerOf, COORDINATES, type WebhookEvent } from "../shared/line/webhook-event.ts";
import { METRICS } from "../shared/names.ts";
import { type InboundQueueMessage, inboundQueueMessage } from "../shared/queue-messages.ts";
import type { DeliverOnce } from "./deliver-once.ts";
import type { FetchLineMedia } from "./media/fetch-line-media.ts";
import type { NameSender } from "./name-sender.ts";
import type { RememberCustomer } from "./remember-customer.ts";
import {
  genesysMessages,
  genesysStructuredResponse,
  type MessageSender,
} from "./translate/genesys-message.ts";
import { translateLineEvent } from "./translate/line-event.ts";
import { describeMedia, describeRefusedMedia } from "./translate/media.ts";
import { genesysReceipt } from "./translate/receipt.ts";
import type { LineMedia, Translation } from "./translate/translation.ts";
import { unsentMessageId } from "./translate/unsend.ts";

export interface WorkerDependencies extends Omit<ConsumeDependencies, "attempt"> {
  brands: ReadonlyMap<string, BrandSettings>;
  rememberCustomer: RememberCustomer;
  nameSender: NameSender;
  fetchMedia: FetchLineMedia;
  /** Deletes what is hosted of a LINE message. */
  forgetMedia(message: { brand: string; customer: string; messageId: string }): Promise<void>;
  /** Bytes up to which Genesys takes media as an attachment. */
  attachmentBytes: number;
  buttons: Pick<ButtonTable, "get">;
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
    return;
  }
  const tries = Number(record.attributes.ApproximateReceiveCount);
  await takeEvent({ brand: queued.brand, settings, event: queued.event, tries }, ensureTime, deps);
}

function parse(record: SQSRecord): InboundQueueMessage {
  try {
    return inboundQueueMessage.parse(parseWithNumbersAsText(record.body, COORDINATES));
  } catch {
    throw new PermanentFailure("Unreadable", "The queue message is not one of the bridge's.");
  }
}

interface QueuedEvent {
  brand: string;
  settings: BrandSettings;
  event: WebhookEvent;
  /** How often it was received, this time included. */
  tries: number;
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
    return;
  }
  const sender: MessageSender = {
    messageId: translation.messageId,
    timestamp: event.timestamp,
    customAttributes: settings.customAttributes,
    ...(await deps.nameSender(brand, event, translation.customer, customer)),
  };
  await deliver(queued, partsOf(translation, sender, queued, deps), ensureTime, deps);
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

/** Posts one part of an event to Genesys. */
type Part = () => Promise<void>;

function partsOf(
  { text, attachment, media, button }: Translation,
  sender: MessageSender,
  queued: QueuedEvent,
  deps: WorkerDependencies,
): Part[] {
  if (button !== undefined) return [() => postButton(button, text, sender, queued, deps)];
  if (media !== undefined) return [() => postMedia(media, text, sender, queued, deps)];
  const content = { text, ...(attachment && { attachment }) };
  const textAlone = genesysMessages({ text }, sender);
  return genesysMessages(content, sender).map(
    (message): Part =>
      () =>
        postMessage(message, textAlone, queued, deps),
  );
}

/** Posts a message; where Genesys refuses it with its attachment, what else there is to say. */
async function postMessage(
  message: InboundMessage,
  otherwise: readonly InboundMessage[],
  { brand, settings }: QueuedEvent,
  deps: WorkerDependencies,
): Promise<void> {
  try {
    await deps.genesys.postMessage(brand, settings.endpoint, message);
  } catch (error) {
    if (!(error instanceof PermanentFailure) || message.content === undefined) throw error;
    await postAll(otherwise, brand, settings, deps);
  }
}

async function postAll(
  messages: readonly InboundMessage[],
  brand: string,
  settings: BrandSettings,
  deps: WorkerDependencies,
): Promise<void> {
  for (const message of messages) {
    await deps.genesys.postMessage(brand, settings.endpoint, message);
  }
}

async function deliver(
  { brand, event }: QueuedEvent,
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
  if (isNew) deps.count(METRICS.delivered, brand);
  deps.log.info(isNew ? "Delivered to Genesys" : "Had been delivered to Genesys", {
    brand,
    webhookEventId,
    parts: parts.length,
    millisecondsSinceEvent: deps.now() - event.timestamp,
  });
}

/** Says the button's text where Genesys does not take the tap, for example when its conversation has ended. */
async function postButton(
  data: ButtonData,
  unknown: string,
  sender: MessageSender,
  { brand, settings }: QueuedEvent,
  deps: WorkerDependencies,
): Promise<void> {
  const button = await findButton(brand, data, deps);
  // The deprecated endpoint knows no structured responses.
  if (button !== undefined && settings.endpoint !== "legacy") {
    try {
      await deps.genesys.postStructuredResponse(brand, genesysStructuredResponse(button, sender));
      return;
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error;
    }
  }
  await postAll(genesysMessages({ text: button?.text || unknown }, sender), brand, settings, deps);
}

async function findButton(
  brand: string,
  data: ButtonData,
  deps: WorkerDependencies,
): Promise<Button | undefined> {
  if (data.kind === "button") return data.button;
  return deps.buttons.get(brand, data.originatingMessageId, data.index);
}

async function postMedia(
  media: LineMedia,
  text: string,
  sender: MessageSender,
  queued: QueuedEvent,
  deps: WorkerDependencies,
): Promise<void> {
  const outcome = await deps.fetchMedia({
    brand: queued.brand,
    customer: sender.customer.id,
    media,
    timestamp: queued.event.timestamp,
    tries: queued.tries,
  });
  const messagesFor = (described: ReturnType<typeof describeMedia>) =>
    genesysMessages(
      { ...described, text: [text, described.text].filter(Boolean).join("\n") },
      sender,
    );
  const refused = messagesFor(describeRefusedMedia(media, outcome));
  for (const message of messagesFor(describeMedia(media, outcome, deps.attachmentBytes))) {
    await postMessage(message, refused, queued, deps);
  }
}
