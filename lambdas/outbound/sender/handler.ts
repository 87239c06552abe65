import type { SQSRecord } from "aws-lambda";
import type { SendFifo } from "../../shared/aws/send-fifo.ts";
import { type ConsumeDependencies, consumeFifo } from "../../shared/consume-fifo.ts";
import type { BrandSettings } from "../../shared/environment.ts";
import { PermanentFailure } from "../../shared/errors.ts";
import type { QueueHandler } from "../../shared/lambda-function.ts";
import type { LineClient } from "../../shared/line/client.ts";
import { METRICS } from "../../shared/names.ts";
import {
  type InboundQueueMessage,
  type OutboundQueueMessage,
  outboundQueueMessage,
  type Receipt,
} from "../../shared/queue-messages.ts";
import { linePushes } from "../translate/line-pushes.ts";
import { retryKey } from "./retry-key.ts";

const RETRY_KEY_TRUSTED_MS = 23 * 3_600_000;

export interface SenderDependencies extends Omit<ConsumeDependencies, "attempt"> {
  brands: ReadonlyMap<string, BrandSettings>;
  line: Pick<LineClient, "push">;
  /** Hands receipts to the worker, which alone calls Genesys. */
  enqueueInbound: SendFifo;
}

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
  refuseUnknownOutcome(record, deps.now());
  const { brand, message } = queued;
  const settings = deps.brands.get(brand);
  if (settings === undefined) {
    throw new PermanentFailure("UnknownBrand", `The brand ${brand} is not configured.`);
  }
  const pushes = linePushes(message);
  if (pushes.length === 0) {
    throw new PermanentFailure(
      "Unsupported",
      "The message holds nothing that the bridge can show in LINE.",
      "UnsupportedMessage",
    );
  }
  for (const [index, messages] of pushes.entries()) {
    ensureTime();
    await deps.line.push(
      brand,
      message.channel.to.id,
      messages,
      retryKey(brand, message.id, index + 1),
    );
  }
  deps.count(METRICS.delivered, brand);
  if (message.content?.length) {
    deps.count(METRICS.ignored, brand);
    deps.log.warn("Pushed the text without the content", { brand, genesysMessageId: message.id });
  }
  deps.log.info("Delivered to LINE", {
    brand,
    genesysMessageId: message.id,
    pushes: pushes.length,
    millisecondsSinceWebhook: deps.now() - Number(record.attributes.SentTimestamp),
  });
  if (settings.receipts === "all") await sendReceipt(queued, { status: "Delivered" }, deps);
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

function parse(record: SQSRecord): OutboundQueueMessage {
  try {
    return outboundQueueMessage.parse(JSON.parse(record.body));
  } catch {
    throw new PermanentFailure("Unreadable", "The queue message is not one of the bridge's.");
  }
}

async function reportFailure(
  record: SQSRecord,
  failure: PermanentFailure,
  deps: SenderDependencies,
): Promise<void> {
  if (failure.reason === "Unreadable") return;
  const reason = { code: failure.receipt, message: failure.message };
  await sendReceipt(parse(record), { status: "Failed", reason }, deps);
}

async function sendReceipt(
  { brand, message }: OutboundQueueMessage,
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
