import type { SQSRecord } from "aws-lambda";
import type { BrandSettings } from "../../shared/contract/brand-settings.ts";
import { GAUGES, METRICS } from "../../shared/contract/metric-names.ts";
import { RETRY_KEY_TRUSTED_MS, TRIED_SINCE } from "../../shared/contract/redriven.ts";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import { PermanentFailure } from "../../shared/failures/failures.ts";
import type { CountDelivered, Measure } from "../../shared/function/counter.ts";
import type { QueueHandler } from "../../shared/function/lambda-function.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import type { LineClient } from "../../shared/line/client.ts";
import { QUOTA_EXCEEDED } from "../../shared/line/failures.ts";
import { type ConsumeDependencies, consumeFifo } from "../../shared/queue/consume-fifo.ts";
import {
  type OutboundQueueMessage,
  outboundQueueMessage,
} from "../../shared/queue/queue-messages.ts";
import type { SendFifo } from "../../shared/queue/send-fifo.ts";
import type { ButtonTable } from "../../shared/tables/button-table.ts";
import type { Customer, CustomerTable } from "../../shared/tables/customer-table.ts";
import type { HostMedia } from "../media/host-media.ts";
import { linePushes, type RenderContext } from "../translate/line-pushes.ts";
import { messageKind } from "../translate/message-kind.ts";
import { queuedReceipt, type ReceiptOutcome } from "./queued-receipt.ts";
import { retryKey } from "./retry-key.ts";
import { sideCall } from "./side-call.ts";

/** An agent who typed longer ago has sent the message, or given it up. */
const TYPING_FRESH_MS = 10_000;

export interface SenderDependencies extends Omit<ConsumeDependencies, "attempt"> {
  brands: ReadonlyMap<string, BrandSettings>;
  customers: Pick<CustomerTable, "get" | "markedAsRead">;
  buttons: Pick<ButtonTable, "put">;
  hostMedia: HostMedia;
  rendering: Pick<RenderContext, "timeZone" | "language" | "trustedOrigins">;
  line: Pick<LineClient, "push" | "showLoading" | "markAsRead">;
  countDelivered: CountDelivered;
  measure: Measure;
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
        if (failure.reason === QUOTA_EXCEEDED) {
          deps.count(METRICS.quotaExceeded, parse(record).brand);
        }
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
  const about = { brand, correlationId: message.id };
  const customer = await customerOf(about, message.channel.to.id, deps);
  if (customer?.isBlocked) return reportBlocked(queued, deps);
  await push(queued, settings, ensureTime, deps);
  const millisecondsSinceMessage = Math.max(0, deps.now() - writtenAt(record, message));
  deps.countDelivered(brand, messageKind(message));
  deps.measure(GAUGES.timeToLine, brand, millisecondsSinceMessage);
  deps.log.info("Delivered to LINE", { ...about, millisecondsSinceMessage });
  if (settings.markAsRead) await markAsRead(queued, customer, deps);
  if (settings.receipts === "all") await sendReceipt(queued, { status: "Delivered" }, deps);
}

/** When the agent or bot wrote (ms), by Genesys Cloud's clock; when its webhook came, where it does not say. */
function writtenAt({ attributes }: SQSRecord, { channel }: OutboundMessage): number {
  const time = Date.parse(channel.time ?? "");
  return Number.isNaN(time) ? Number(attributes.SentTimestamp) : time;
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
  if (now - triedSince(record, now) > RETRY_KEY_TRUSTED_MS) {
    throw new PermanentFailure(
      "OutcomeUnknown",
      "The message is too old to be tried again without the risk that it arrives twice.",
      "MessageExpired",
    );
  }
}

/** A time before the first try, or now if there was none. */
function triedSince({ attributes, messageAttributes }: SQSRecord, now: number): number {
  const redriven = messageAttributes[TRIED_SINCE]?.stringValue;
  if (redriven !== undefined) return Number(redriven);
  const hasBeenTried = Number(attributes.ApproximateReceiveCount) > 1;
  return hasBeenTried ? Number(attributes.ApproximateFirstReceiveTimestamp) : now;
}

/** LINE shows the loading animation to users only, for whole multiples of 5 s up to 60 s. */
async function showTyping(
  record: SQSRecord,
  { brand, to, seconds }: QueuedTyping,
  deps: SenderDependencies,
): Promise<void> {
  const age = deps.now() - Number(record.attributes.SentTimestamp);
  if (!to.startsWith("U") || age > TYPING_FRESH_MS) return;
  const about = { brand, correlationId: record.attributes.MessageDeduplicationId };
  if ((await customerOf(about, to, deps))?.isBlocked) return;
  const loadingSeconds = Math.min(60, Math.max(5, Math.ceil(seconds / 5) * 5));
  await sideCall(
    "show the loading animation",
    about,
    () => deps.line.showLoading(brand, to, loadingSeconds),
    deps.log,
  );
}

/** Undefined when the table cannot be asked: that must not keep an answer from the customer. */
async function customerOf(
  about: { brand: string; correlationId: string | undefined },
  id: string,
  deps: SenderDependencies,
): Promise<Customer | undefined> {
  try {
    return await deps.customers.get(about.brand, id);
  } catch (error) {
    deps.log.warn("Could not read a customer's record", { ...about, ...errorFields(error) });
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
    correlationId: queued.message.id,
  });
}

async function push(
  { brand, message }: QueuedMessage,
  { mapsLinks }: BrandSettings,
  ensureTime: () => void,
  deps: SenderDependencies,
): Promise<void> {
  const to = message.channel.to.id;
  const hosted = await deps.hostMedia(brand, message, ensureTime);
  const { pushes, longButtons } = linePushes(message, { ...deps.rendering, ...hosted, mapsLinks });
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
    deps.count(METRICS.pushed, brand);
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
    { brand, correlationId: message.id },
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
  outcome: ReceiptOutcome,
  deps: SenderDependencies,
): Promise<void> {
  await deps.enqueueInbound([queuedReceipt(brand, message, outcome, deps.now())]);
}
