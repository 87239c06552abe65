import type { SQSRecord } from "aws-lambda";
import type { Brand } from "../../shared/brand/brand.ts";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import { RetryableFailure } from "../../shared/failures/failures.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import { within } from "../../shared/platform/within.ts";
import type { OutboundQueueMessage } from "../../shared/queue/queue-messages.ts";
import type { Customer } from "../../shared/tables/customer.ts";
import type { BatchBrand } from "./batch-brands.ts";
import { readCustomer } from "./read-customer.ts";

const TIMEOUT_MS = 2_000;

/** An agent who typed longer ago has sent the message, or given it up. */
const TYPING_FRESH_MS = 10_000;

/** LINE shows the loading animation to users only, for whole multiples of 5 s up to 60 s. Never throws. `now` in ms. */
export async function showTyping(
  record: SQSRecord,
  { to, seconds }: Extract<OutboundQueueMessage, { kind: "typing" }>,
  brand: BatchBrand,
  now: number,
): Promise<void> {
  const age = now - Number(record.attributes.SentTimestamp);
  if (!to.startsWith("U") || age > TYPING_FRESH_MS) return;
  const correlationId = record.attributes.MessageDeduplicationId;
  if ((await readCustomer(brand, record, to, correlationId))?.isBlocked) return;
  const loadingSeconds = Math.min(60, Math.max(5, Math.ceil(seconds / 5) * 5));
  await sideCall("show the loading animation", brand, correlationId, () =>
    brand.line.showLoading(to, loadingSeconds),
  );
}

/** A person has answered; a bot's answer says nothing about whether anybody has read. Never throws. */
export async function markAsRead(
  message: OutboundMessage,
  customer: Customer | undefined,
  brand: Brand,
): Promise<void> {
  const token = customer?.markAsReadToken;
  if (token === undefined || message.originatingEntity === "Bot") return;
  await sideCall("mark messages as read", brand, message.id, async () => {
    await brand.line.markAsRead(token);
    await brand.customers.markedAsRead(message.channel.to.id, token);
  });
}

/** Makes a call that only adds comfort: once, within 2 s, and a failure is a warning. */
async function sideCall(
  what: string,
  { log }: Brand,
  correlationId: string | undefined,
  call: () => Promise<void>,
): Promise<void> {
  const late = new RetryableFailure(`LINE did not answer within ${TIMEOUT_MS} ms.`);
  try {
    await within(TIMEOUT_MS, call(), late);
  } catch (error) {
    log.warn(`Could not ${what}`, { correlationId, ...errorFields(error) });
  }
}
