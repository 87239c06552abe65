import type { IncomingHttpHeaders } from "node:http";
import { DeleteCommand, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Context, SQSBatchResponse } from "aws-lambda";
import { PROFILE_ATTRIBUTES } from "../../lambdas/shared/contract/brand-settings.ts";
import { bundledFunction } from "../lambdas/bundled-function.ts";
import { functionEnvironment } from "../lambdas/function-environment.ts";
import { startTable, TABLE } from "../lambdas/local-table.ts";
import { sqsRecord } from "../lambdas/sqs-record.ts";
import { httpEvent, sign } from "../lambdas/webhook-event.ts";
import { type QueueMessage, type StandIns, startStandIns } from "./stand-ins.ts";

/** The time of all samples, 2026-11-23T00:00:00Z. */
export const NOW = 1_795_392_000_000;

/** Brands of the samples. All but the first have what the worker remembers for themselves: a budget, a breaker. */
const BRANDS = {
  "retail-thai": { groups: "bridge" as const, markAsRead: true },
  "travel-thai": { receipts: "all" as const },
  "outlet-thai": {},
  "resort-thai": {},
  "island-thai": {},
  "harbour-thai": { reply: "reply-first" as const },
  "temple-thai": { groups: "bridge" as const, quotes: "text" as const },
  "market-thai": { groups: "bridge" as const, attributes: [...PROFILE_ATTRIBUTES] },
  "garden-thai": { reply: "reply-first" as const, replyUnclear: "fail" as const },
};

/** Media keys are derived from it. */
const MEDIA_SECRET = { keySecret: "the secret of the samples" };

const lineSecret = (brand: string) => ({ channelId: "1", channelSecret: `line ${brand}` });
const genesysSecret = (brand: string) => ({
  clientId: `client-of-${brand}`,
  clientSecret: "s",
  integrationId: `integration-of-${brand}`,
  webhookSecret: `genesys ${brand}`,
});

const SECRETS: Record<string, object> = {
  "Thailand/media": MEDIA_SECRET,
  ...Object.fromEntries(
    Object.keys(BRANDS).flatMap((brand) => [
      [`Thailand/${brand}/line`, lineSecret(brand)],
      [`Thailand/${brand}/genesys`, genesysSecret(brand)],
    ]),
  ),
};

/** The functions, as AWS calls them. All that depends on how they are built stands in this file. */
const functions = {
  inbound: () => import("../../lambdas/inbound/index.ts"),
  webhook: () => import("../../lambdas/outbound/webhook/index.ts"),
  worker: once(() => bundledFunction("worker", BRANDS)),
  sender: once(() => bundledFunction("outbound/sender", BRANDS)),
  images: () => import("../../lambdas/outbound/images/index.ts"),
};

function once<Result>(load: () => Promise<Result>): () => Promise<Result> {
  let loaded: Promise<Result> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

const context = {
  awsRequestId: "r",
  functionName: "f",
  getRemainingTimeInMillis: () => 60_000,
} as Context;

export type Item = Record<string, unknown> & { pk: string };

/** Sends each function its events, with a real table, stand-ins for all else, and the clock at NOW. */
export async function startBridge() {
  const before = { ...process.env };
  const table = await startTable();
  const standIns = await startStandIns(SECRETS);
  const tableOrigin = await endpointOf(table);
  // The metrics.
  jest.spyOn(process.stdout, "write").mockImplementation(() => true);
  Object.assign(process.env, functionEnvironment(standIns.origin, Object.keys(BRANDS)), {
    AWS_ENDPOINT_URL_DYNAMODB: tableOrigin,
  });
  stopClock();

  async function items(): Promise<Item[]> {
    const { Items = [] } = await table.documents.send(new ScanCommand({ TableName: TABLE }));
    return Items.toSorted((a, b) => String(a.pk).localeCompare(String(b.pk))) as Item[];
  }

  return {
    standIns,
    tableOrigin,
    /** LINE posts one event. */
    async line(brand: string, event: string): Promise<number | undefined> {
      const body = `{"destination":"U0","events":[${event}]}`;
      const headers = { "x-line-signature": sign(body, lineSecret(brand).channelSecret) };
      const { handler } = await functions.inbound();
      return (await handler(httpEvent(brand, body, headers), context)).statusCode;
    },
    /** Genesys Cloud posts a webhook. */
    async genesys(brand: string, body: string): Promise<number | undefined> {
      const signature = sign(body, genesysSecret(brand).webhookSecret);
      const headers = { "x-hub-signature-256": `sha256=${signature}` };
      const { handler } = await functions.webhook();
      return (await handler(httpEvent(brand, body, headers), context)).statusCode;
    },
    /** A consumer receives a message; resolves to whether it is done with it. */
    async consume(consumer: "worker" | "sender", message: Received): Promise<boolean> {
      const event = { Records: [recordOf(message)] };
      const { handler } = await functions[consumer]();
      const { batchItemFailures }: SQSBatchResponse = await handler(event, context);
      return batchItemFailures.length === 0;
    },
    /** The function that converts images gets an order. */
    async order(event: unknown): Promise<void> {
      const { handler } = await functions.images();
      await handler(event, context);
    },
    /** What it was asked for. */
    ordered: (): unknown[] =>
      standIns.calls
        .filter(({ path }) => path === "/2015-03-31/functions/images/invocations")
        .map(({ body }) => JSON.parse(body)),
    items,
    async put(...some: Item[]): Promise<void> {
      for (const Item of some)
        await table.documents.send(new PutCommand({ TableName: TABLE, Item }));
    },
    /** Seconds after which messages that were given back come again. */
    visibilities: (): number[] =>
      standIns.calls
        .filter(({ aws }) => aws === "ChangeMessageVisibilityBatch")
        .flatMap(({ body }) => JSON.parse(body).Entries)
        .map(({ VisibilityTimeout }) => VisibilityTimeout),
    ...platformsOf(standIns),
    /** Between two tests. */
    async forget(): Promise<void> {
      for (const { pk } of await items()) {
        await table.documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk } }));
      }
      standIns.forget();
    },
    async close(): Promise<void> {
      jest.useRealTimers();
      process.env = before;
      await standIns.close();
      await table.close();
    },
  };
}

export type Bridge = Awaited<ReturnType<typeof startBridge>>;

/** What was asked of both platforms. */
function platformsOf({ calls }: StandIns) {
  const bodiesOf = (path: RegExp) => calls.filter((call) => path.test(call.path));
  return {
    posts: () =>
      bodiesOf(/inbound\/open\//).map(({ path, body }) => ({
        endpoint: path.replace(/^.*inbound\/open\//, ""),
        body: JSON.parse(body),
      })),
    pushes: () =>
      bodiesOf(/message\/push$/).map(({ headers, body }) => ({
        retryKey: headers["x-line-retry-key"],
        ...JSON.parse(body),
      })),
    replies: () => bodiesOf(/message\/reply$/).map(({ body }) => JSON.parse(body)),
    loadingShown: () => bodiesOf(/chat\/loading\/start$/).map(({ body }) => JSON.parse(body)),
    markedAsRead: () => bodiesOf(/markAsRead$/).map(({ body }) => JSON.parse(body)),
    /** What is put into the bucket, the key without the bucket. */
    stored: () =>
      calls
        .filter(({ method, path }) => method === "PUT" && path.startsWith("/media/"))
        .map(({ path, headers }) => ({
          key: decodeURIComponent(new URL(path, "http://s3").pathname.slice("/media/".length)),
          type: headers["content-type"],
          metadata: metadataOf(headers),
        })),
    profilesAsked: () => bodiesOf(/\/(profile|summary|member)\b/).length,
  };
}

/** Of an object in the bucket. */
export const METADATA = "x-amz-meta-";

function metadataOf(headers: IncomingHttpHeaders) {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(METADATA))
      .map(([name, value]) => [name.slice(METADATA.length), value]),
  );
}

/** What a consumer is told of a message that it receives. */
type Received = Pick<QueueMessage, "groupId" | "deduplicationId" | "body"> &
  Partial<Pick<QueueMessage, "attributes">> & {
    messageId?: string;
    /** How often it has been received, this time included. */
    receives?: number;
  };

function recordOf({ attributes = {}, messageId = "m1", receives = 1, ...message }: Received) {
  const record = sqsRecord(messageId, message.groupId, message.body, {
    MessageDeduplicationId: message.deduplicationId,
    ApproximateReceiveCount: String(receives),
    // The date may have gone on since the bridge was started.
    SentTimestamp: String(Date.now()),
    ApproximateFirstReceiveTimestamp: String(NOW),
  });
  for (const [name, { DataType, StringValue }] of Object.entries(attributes)) {
    record.messageAttributes[name] = { dataType: DataType, stringValue: StringValue };
  }
  return record;
}

async function endpointOf({ client }: Awaited<ReturnType<typeof startTable>>): Promise<string> {
  const { protocol, hostname, port } = (await client.config.endpoint?.()) ?? {};
  return `${protocol}//${hostname}:${port}`;
}

/** Timers go on; only the date stands still. */
function stopClock(): void {
  jest.useFakeTimers({
    now: NOW,
    doNotFake: [
      "hrtime",
      "nextTick",
      "performance",
      "queueMicrotask",
      "setImmediate",
      "clearImmediate",
      "setInterval",
      "clearInterval",
      "setTimeout",
      "clearTimeout",
    ],
  });
}
