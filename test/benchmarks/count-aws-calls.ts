import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Context, SQSBatchResponse, SQSRecord } from "aws-lambda";
import { tableKeys } from "../../lambdas/shared/tables/table-keys.ts";
import {
  type Answer,
  type QueueMessage,
  type Request,
  startStandIns,
} from "../formats/stand-ins.ts";
import { bundledFunction } from "../lambdas/bundled-function.ts";
import { functionEnvironment } from "../lambdas/function-environment.ts";
import { startTable, TABLE } from "../lambdas/local-table.ts";
import { sqsRecord } from "../lambdas/sqs-record.ts";
import { httpEvent, sign } from "../lambdas/webhook-event.ts";
import { askTable } from "./ask-table.ts";
import { inRounds } from "./in-rounds.ts";
import { purposeOf } from "./purpose-of-call.ts";

/** What is sent at once, and received as one batch. */
interface Load {
  name: string;
  messages: number;
  customers: number;
  isImage?: boolean;
}

/** The calls that a load costs. */
export interface Counted {
  from: "customers" | "agents";
  /** `no-turns`: pushes, and all turns of its OAuth client are taken. */
  brand: "push" | "reply-first" | "no-turns";
  load: string;
  messages: number;
  calls: Record<string, number>;
}

const LOADS: readonly Load[] = [
  { name: "first message of a function", messages: 1, customers: 1 },
  { name: "1 message", messages: 1, customers: 1 },
  { name: "10 messages of 1 customer", messages: 10, customers: 1 },
  { name: "10 messages of 10 customers", messages: 10, customers: 10 },
  { name: "1 image of a customer", messages: 1, customers: 1, isImage: true },
];

const BRANDS = { push: {}, "reply-first": { reply: "reply-first" as const }, "no-turns": {} };
const PUT_OFF = "1 message, put off";
const clientOf = (brand: Brand) => `client of ${brand}`;
const JPEG = Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex");
const lineSecret = { channelId: "1", channelSecret: "line", channelAccessToken: "t" };
const genesysSecret = { clientId: "c", clientSecret: "s", integrationId: "i", webhookSecret: "w" };
const SECRETS: Record<string, object> = {
  "Thailand/media": { keySecret: "k" },
  ...Object.fromEntries(
    Object.keys(BRANDS).flatMap((brand) => [
      [`Thailand/${brand}/line`, lineSecret],
      [`Thailand/${brand}/genesys`, { ...genesysSecret, clientId: clientOf(brand as Brand) }],
    ]),
  ),
};
const context = {
  awsRequestId: "r",
  functionName: "f",
  getRemainingTimeInMillis: () => 60_000,
} as Context;

/**
 * Sends loads through the functions as they are deployed, from the webhooks on, and counts their calls to AWS. The
 * table is dynalite, all else answers at once; the clock stands still and calls are answered in rounds, so each run
 * counts the same. Customers are known by name. Of each batch, Lambda receives and deletes once, which is added.
 */
export async function countAwsCalls(): Promise<Counted[]> {
  const before = { environment: { ...process.env }, now: Date.now, write: process.stdout.write };
  const now = Date.now();
  const table = await startTable();
  const standIns = await startStandIns(SECRETS);
  Object.assign(process.env, functionEnvironment(standIns.origin, Object.keys(BRANDS)), {
    // No load here waits for a turn.
    REQUESTS_PER_MINUTE: "100000",
  });
  Date.now = () => now;
  // Only the functions write meanwhile: their metrics.
  process.stdout.write = () => true;
  const round = inRounds();
  standIns.own.answer = (request) => round(() => answerTo(request, table.origin));

  /** The messages of a load, each with a webhook of its own. */
  async function messagesOf(brand: Brand, { name, messages, customers }: Load): Promise<Message[]> {
    const ids = Array.from({ length: customers }, (_, n) => `U-${name}-${n}`.replaceAll(" ", "-"));
    for (const id of ids) {
      const expiresAt = now / 1_000 + 86_400;
      const Item = { pk: tableKeys.customer(brand, id), displayName: "x", namedAt: now, expiresAt };
      await table.documents.send(new PutCommand({ TableName: TABLE, Item }));
    }
    standIns.calls.length = 0;
    return Array.from({ length: messages }, (_, n) => ({
      brand,
      id: `${name}-${n}`.replaceAll(" ", "-"),
      customer: ids[n % ids.length] ?? "",
      at: now - 1_000 + n,
    }));
  }

  /** All that has been sent, as one batch. */
  const received = () =>
    standIns.sent.splice(0).map((message, n) => recordOf(message, `m${n}`, now));

  /** Hands a batch to a consumer, which puts all of it off or nothing, and counts the calls since the last time. */
  async function consumed(
    handler: Consumer,
    records = received(),
    isPutOff = false,
  ): Promise<Record<string, number>> {
    const { batchItemFailures } = await handler({ Records: records }, context);
    if (batchItemFailures.length !== (isPutOff ? records.length : 0)) {
      throw new Error("The stand-ins have refused something, or have put off nothing.");
    }
    const purposes = standIns.calls.splice(0).flatMap((call) => purposeOf(call) ?? []);
    const deleted = isPutOff ? [] : ["SQS DeleteMessageBatch (Lambda)"];
    const all = [...purposes, "SQS ReceiveMessage (Lambda)", ...deleted];
    const counts = [...Map.groupBy(all, (purpose) => purpose)].map(
      ([purpose, calls]) => [purpose, calls.length] as const,
    );
    return Object.fromEntries(counts.sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** All turns of a brand's OAuth client are taken for the next minute. */
  async function takeAllTurns(brand: Brand): Promise<void> {
    const pk = tableKeys.budget(clientOf(brand));
    const Item = { pk, version: 1, nextAt: now + 60_000, slow: {}, brands: {} };
    await table.documents.send(new PutCommand({ TableName: TABLE, Item }));
  }

  try {
    const { handler: inbound } = await import("../../lambdas/inbound/index.ts");
    const { handler: webhook } = await import("../../lambdas/outbound/webhook/index.ts");
    const { handler: worker } = await bundledFunction("worker", BRANDS);
    const { handler: sender } = await bundledFunction("outbound/sender", BRANDS);
    const counted: Counted[] = [];
    for (const brand of ["push", "reply-first"] as const) {
      for (const load of LOADS) {
        const { name, messages: count, isImage = false } = load;
        const messages = await messagesOf(brand, load);
        const about = { brand, load: name, messages: count };
        for (const message of messages) await inbound(lineWebhook(message, isImage), context);
        counted.push({ from: "customers", ...about, calls: await consumed(worker) });
        if (isImage) continue;
        for (const message of messages) await webhook(genesysWebhook(message), context);
        counted.push({ from: "agents", ...about, calls: await consumed(sender) });
      }
    }
    await takeAllTurns("no-turns");
    // By the first one the worker learns that no turn is left.
    for (const load of ["first message without a turn", PUT_OFF]) {
      const [message] = await messagesOf("no-turns", { name: load, messages: 1, customers: 1 });
      if (message !== undefined) await inbound(lineWebhook(message, false), context);
      const records = received();
      const about = { from: "customers", brand: "no-turns", messages: 1 } as const;
      counted.push({ ...about, load, calls: await consumed(worker, records, true) });
      const again = records.map(receivedAgain);
      const calls = await consumed(worker, again, true);
      counted.push({ ...about, load: `${load}, again`, calls });
    }
    return counted;
  } finally {
    Date.now = before.now;
    process.stdout.write = before.write;
    process.env = before.environment;
    await standIns.close();
    await table.close();
  }
}

type Brand = Counted["brand"];
type Consumer = (event: { Records: SQSRecord[] }, context: Context) => Promise<SQSBatchResponse>;

interface Message {
  brand: Brand;
  id: string;
  customer: string;
  /** When it was written, in ms. */
  at: number;
}

function lineWebhook({ brand, id, customer, at }: Message, isImage: boolean) {
  const content = isImage
    ? { type: "image", contentProvider: { type: "line" } }
    : { type: "text", text: id };
  const event = {
    type: "message",
    mode: "active",
    timestamp: at,
    webhookEventId: `${brand}-${id}`,
    deliveryContext: { isRedelivery: false },
    replyToken: `reply-token-${brand}-${id}`,
    source: { type: "user", userId: customer },
    message: { id, ...content },
  };
  const body = JSON.stringify({ destination: "U0", events: [event] });
  const webhook = httpEvent(brand, body, {
    "x-line-signature": sign(body, lineSecret.channelSecret),
  });
  // A reply token is too old otherwise.
  return { ...webhook, requestContext: { ...webhook.requestContext, timeEpoch: Date.now() } };
}

function genesysWebhook({ brand, id, customer, at }: Message) {
  const channel = { to: { id: customer }, time: new Date(at).toISOString() };
  const body = JSON.stringify({ id: `${brand}-${id}`, type: "Text", text: id, channel });
  const signature = sign(body, genesysSecret.webhookSecret);
  return httpEvent(brand, body, { "x-hub-signature-256": `sha256=${signature}` });
}

function recordOf(message: QueueMessage, messageId: string, now: number): SQSRecord {
  return sqsRecord(messageId, message.groupId, message.body, {
    MessageDeduplicationId: message.deduplicationId,
    SentTimestamp: String(now),
    ApproximateFirstReceiveTimestamp: String(now),
  });
}

function receivedAgain(record: SQSRecord): SQSRecord {
  return { ...record, attributes: { ...record.attributes, ApproximateReceiveCount: "2" } };
}

/** Of the table and of an empty bucket, and the content of LINE; undefined for what the stand-ins answer as usual. */
async function answerTo(
  { path, headers, body }: Request,
  tableOrigin: string,
): Promise<Answer | undefined> {
  if (String(headers["x-amz-target"]).startsWith("DynamoDB_")) {
    return askTable(tableOrigin, { headers, body });
  }
  if (path.endsWith("/content")) return { body: JPEG };
  if (!path.includes("prefix=")) return undefined;
  return { headers: { "content-type": "text/xml" }, body: "<ListBucketResult/>" };
}
