import type { SQSRecord } from "aws-lambda";
import type { ButtonTable } from "../../shared/aws/button-table.ts";
import type { Customer, CustomerTable } from "../../shared/aws/customer-table.ts";
import type { SendFifo } from "../../shared/aws/send-fifo.ts";
import { type ConsumeDependencies, consumeFifo } from "../../shared/consume-fifo.ts";
import type { BrandSettings } from "../../shared/environment.ts";
import { errorFields, PermanentFailure } from "../../shared/errors.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import type { QueueHandler } from "../../shared/lambda-function.ts";
import type { LineClient } from "../../shared/line/client.ts";
import { METRICS } from "../../shared/names.ts";
import {
  type InboundQueueMessage,
  type OutboundQueueMessage,
  outboundQueueMessage,
  type Receipt,
} from "../../shared/queue-messages.ts";
import type { StoreAttachment } from "../media/store-attachment.ts";
import { attachmentsOf } from "../translate/attachments-of.ts";
import type { LineAttachment } from "../translate/line-attachment.ts";
import { linePushes, type RenderContext } from "../translate/line-pushes.ts";
import { picturesOf } from "../translate/pictures-of.ts";
import { retryKey } from "./retry-key.ts";
import { sideCall } from "./side-call.ts";

const RETRY_KEY_TRUSTED_MS = 23 * 3_600_000;
/** Number of the first picture of a card among the hosted files of a message, behind all attachments. */
const FIRST_PICTURE = 1_000_000;
/** An agent who typed longer ago has sent the message, or given it up. */
const TYPING_FRESH_MS = 10_000;

export interface SenderDependencies extends Omit<ConsumeDependencies, "attempt"> {
  brands: ReadonlyMap<string, BrandSettings>;
  customers: Pick<CustomerTable, "get" | "markedAsRead">;
  buttons: Pick<ButtonTable, "put">;
  storeAttachment: StoreAttachment;
  /** Where Genesys Cloud keeps files. */
  genesysOrigins: ReadonlySet<string>;
  rendering: Pick<RenderContext, "timeZone" | "language" | "trustedOrigins">;
  line: Pick<LineClient, "push" | "showLoading" | "markAsRead">;
  /** Hands receipts to the worker, which alone calls Genesys. */
  enqueueInbound: SendFifo;
}

type QueuedMessage = Extract<OutboundQueueMessage, { kind: "message" }>;
type QueuedTyping = Extract<OutboundQueueMessage, { kind: "typing" }>;

/** Consumes the outbound queue: renders agents' messages and pushes them to LINE. */
export function createHandler(deps: SenderDependencies): QueueHandler {
  return (event, context) =>
    consumeFifo(event.Records, () => context.getRemainingTimeInMillis(), {
      ...deps,
      attempt: (record, ensureTime) => attempt(record, ensureTime, deps),
      park: async (record, failure) => {
        // The receipt goes first: its key is fixed, so a second try does no harm.
        await reportFailure(record, failure, deps);
        await deps.park(record, failure);
      },
    });
}

async function attempt(
  record: SQSRecord,
  ensureTime: () => void,
  deps: SenderDependencies,
): Promise<void> {
  const queued = parse(record);
  if (queued.kind === "typing") return showTyping(record, queued, deps);
  refuseUnknownOutcome(record, deps.now());
  const { brand, message } = queued;
  const settings = deps.brands.get(brand);
  if (settings === undefined) {
    throw new PermanentFailure("UnknownBrand", `The brand ${brand} is not configured.`);
  }
  const customer = await customerOf(brand, message.channel.to.id, deps);
  if (customer?.isBlocked) return reportBlocked(queued, deps);
  await push(queued, settings, ensureTime, deps);
  deps.count(METRICS.delivered, brand);
  deps.log.info("Delivered to LINE", {
    brand,
    genesysMessageId: message.id,
    millisecondsSinceWebhook: deps.now() - Number(record.attributes.SentTimestamp),
  });
  if (settings.markAsRead) await markAsRead(queued, customer, deps);
  if (settings.receipts === "all") await sendReceipt(queued, { status: "Delivered" }, deps);
}

function parse(record: SQSRecord): OutboundQueueMessage {
  try {
    return outboundQueueMessage.parse(JSON.parse(record.body));
  } catch {
    throw new PermanentFailure("Unreadable", "The queue message is not one of the bridge's.");
  }
}

/** LINE knows a retry key for 24 h; after that, a push that it has accepted would arrive again. */
function refuseUnknownOutcome(record: SQSRecord, now: number): void {
  const tries = Number(record.attributes.ApproximateReceiveCount);
  const firstReceived = Number(record.attributes.ApproximateFirstReceiveTimestamp);
  if (tries > 1 && now - firstReceived > RETRY_KEY_TRUSTED_MS) {
    throw new PermanentFailure(
      "OutcomeUnknown",
      "The message is too old to be tried again without the risk that it arrives twice.",
      "MessageExpired",
    );
  }
}

/** LINE shows the loading animation to users only, for whole multiples of 5 s up to 60 s. */
async function showTyping(
  record: SQSRecord,
  { brand, to, seconds }: QueuedTyping,
  deps: SenderDependencies,
): Promise<void> {
  const age = deps.now() - Number(record.attributes.SentTimestamp);
  if (!to.startsWith("U") || age > TYPING_FRESH_MS) return;
  if ((await customerOf(brand, to, deps))?.isBlocked) return;
  const loadingSeconds = Math.min(60, Math.max(5, Math.ceil(seconds / 5) * 5));
  await sideCall(
    "show the loading animation",
    brand,
    () => deps.line.showLoading(brand, to, loadingSeconds),
    deps.log,
  );
}

/** Undefined when the table cannot be asked: that must not keep an answer from the customer. */
async function customerOf(
  brand: string,
  id: string,
  deps: SenderDependencies,
): Promise<Customer | undefined> {
  try {
    return await deps.customers.get(brand, id);
  } catch (error) {
    deps.log.warn("Could not read a customer's record", { brand, ...errorFields(error) });
    return undefined;
  }
}

/**
 * LINE would accept the push and drop it in silence. That is nothing for the dead-letter queue: no
 * operator can mend it, and the agent hears of it.
 */
async function reportBlocked(queued: QueuedMessage, deps: SenderDependencies): Promise<void> {
  const reason = {
    code: "RecipientOptedOut",
    message: "The customer has blocked the LINE account, or removed it from the group.",
  };
  await sendReceipt(queued, { status: "Failed", reason }, deps);
  deps.count(METRICS.recipientBlocked, queued.brand);
  deps.log.info("Not pushed: the customer has blocked the account", {
    brand: queued.brand,
    genesysMessageId: queued.message.id,
  });
}

async function push(
  { brand, message }: QueuedMessage,
  { mapsLinks }: BrandSettings,
  ensureTime: () => void,
  deps: SenderDependencies,
): Promise<void> {
  const to = message.channel.to.id;
  const attachments = await storeAttachments(brand, message, ensureTime, deps);
  const pictures = await storePictures(brand, message, ensureTime, deps);
  const { pushes, longButtons } = linePushes(message, {
    ...deps.rendering,
    mapsLinks,
    attachments,
    pictures,
  });
  if (pushes.length === 0) {
    throw new PermanentFailure(
      "Unsupported",
      "The message holds nothing that the bridge can show in LINE.",
      "UnsupportedMessage",
    );
  }
  if (longButtons.length > 0) await deps.buttons.put(brand, message.id, longButtons);
  for (const [index, messages] of pushes.entries()) {
    ensureTime();
    await deps.line.push(brand, to, messages, retryKey(brand, message.id, index + 1));
  }
}

async function storeAttachments(
  brand: string,
  message: OutboundMessage,
  ensureTime: () => void,
  deps: SenderDependencies,
): Promise<Map<number, LineAttachment>> {
  const stored = new Map<number, LineAttachment>();
  const owner = { brand, customer: message.channel.to.id, messageId: message.id };
  for (const { index, attachment } of attachmentsOf(message)) {
    if (attachment === undefined) {
      throw new PermanentFailure(
        "AttachmentUnreadable",
        "An attachment of the message has no url.",
        "InvalidMessageStructure",
      );
    }
    ensureTime();
    stored.set(index, await deps.storeAttachment(owner, index, attachment));
  }
  return stored;
}

/** A picture only adorns a card: one that cannot be had is left out. */
async function storePictures(
  brand: string,
  message: OutboundMessage,
  ensureTime: () => void,
  deps: SenderDependencies,
): Promise<Map<string, string>> {
  const stored = new Map<string, string>();
  const owner = { brand, customer: message.channel.to.id, messageId: message.id };
  for (const [index, url] of picturesOf(message, deps.genesysOrigins).entries()) {
    ensureTime();
    const picture = { mediaType: "Image", url };
    stored.set(url, await pictureUrl(owner, FIRST_PICTURE + index, picture, deps));
  }
  return stored;
}

async function pictureUrl(
  owner: Parameters<StoreAttachment>[0],
  index: number,
  picture: Parameters<StoreAttachment>[2],
  deps: SenderDependencies,
): Promise<string> {
  try {
    const hosted = await deps.storeAttachment(owner, index, picture);
    return hosted.kind === "image" ? hosted.url : "";
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    deps.log.warn("Left out the picture of a card", { brand: owner.brand, ...errorFields(error) });
    return "";
  }
}

/** A person has answered; a bot's answer says nothing about whether anybody has read. */
async function markAsRead(
  { brand, message }: QueuedMessage,
  customer: Customer | undefined,
  deps: SenderDependencies,
): Promise<void> {
  const token = customer?.markAsReadToken;
  if (token === undefined || message.originatingEntity === "Bot") return;
  await sideCall(
    "mark messages as read",
    brand,
    async () => {
      await deps.line.markAsRead(brand, token);
      await deps.customers.markedAsRead(brand, message.channel.to.id, token);
    },
    deps.log,
  );
}

async function reportFailure(
  record: SQSRecord,
  failure: PermanentFailure,
  deps: SenderDependencies,
): Promise<void> {
  if (failure.reason === "Unreadable") return;
  const queued = parse(record);
  if (queued.kind !== "message") return;
  const reason = { code: failure.receipt, message: failure.message };
  await sendReceipt(queued, { status: "Failed", reason }, deps);
}

async function sendReceipt(
  { brand, message }: QueuedMessage,
  outcome: Pick<Receipt, "status" | "reason">,
  deps: SenderDependencies,
): Promise<void> {
  const queued: InboundQueueMessage = {
    kind: "receipt",
    brand,
    receipt: {
      messageId: message.id,
      to: message.channel.to.id,
      time: new Date(deps.now()).toISOString(),
      ...outcome,
    },
  };
  // A group of its own: a receipt waits for no message and no message waits for a receipt.
  await deps.enqueueInbound([
    {
      groupId: `${brand}#receipt#${message.id}`,
      deduplicationId: `${outcome.status}#${message.id}`,
      body: JSON.stringify(queued),
    },
  ]);
}
