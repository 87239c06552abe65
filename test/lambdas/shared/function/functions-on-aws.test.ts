import { createHash } from "node:crypto";
import type { Context, SQSBatchResponse } from "aws-lambda";
import { bundledFunction } from "../../bundled-function.ts";
import { functionEnvironment } from "../../function-environment.ts";
import {
  type ScriptedAnswer,
  type ScriptedRequest,
  scriptedServer,
} from "../../scripted-server.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { httpEvent, sign } from "../../webhook-event.ts";

// The exported handlers as they are deployed, with one server in the place of AWS, LINE and Genesys.

const HOUR = 3_600_000;
const SETTINGS = { "retail-thai": {}, "travel-thai": {} };
const before = { ...process.env };
const secrets: Record<string, object> = {
  "Thailand/retail-thai/line": { channelId: "1", channelSecret: "line secret" },
  "Thailand/retail-thai/genesys": {
    clientId: "c",
    clientSecret: "s",
    integrationId: "i",
    webhookSecret: "w",
  },
  "Thailand/travel-thai/line": { channelId: "2", channelSecret: "line secret 2" },
  "Thailand/travel-thai/genesys": {
    clientId: "c",
    clientSecret: "s",
    integrationId: "i",
    webhookSecret: "w",
  },
};

interface Call {
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: the bodies of several AWS protocols
  body: any;
}

let server: Awaited<ReturnType<typeof scriptedServer>>;
let calls: Call[] = [];
let answers: Record<string, (call: Call) => ScriptedAnswer> = {};
let output = "";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

function answer(request: ScriptedRequest): ScriptedAnswer {
  const operation = String(request.headers["x-amz-target"] ?? request.path).replace(/^.*\./, "");
  const call = {
    operation,
    body: request.body.startsWith("{") ? JSON.parse(request.body) : request.body,
  };
  calls.push(call);
  const own = Object.entries(answers).find(([name]) => operation.endsWith(name));
  return own?.[1](call) ?? usual(call);
}

function usual({ operation, body }: Call): ScriptedAnswer {
  switch (operation) {
    case "GetSecretValue":
      return body.VersionStage === "AWSCURRENT"
        ? {
            status: 200,
            body: { SecretString: JSON.stringify(secrets[body.SecretId]), CreatedDate: 1 },
          }
        : awsError("ResourceNotFoundException");
    case "SendMessage":
      return { status: 200, body: { MessageId: "m", MD5OfMessageBody: md5(body.MessageBody) } };
    case "SendMessageBatch":
      return {
        status: 200,
        body: {
          Successful: body.Entries.map((entry: { Id: string; MessageBody: string }) => ({
            Id: entry.Id,
            MessageId: "m",
            MD5OfMessageBody: md5(entry.MessageBody),
          })),
        },
      };
    case "/oauth/token":
      return { status: 200, body: { access_token: "t", expires_in: 3_600 } };
    case "/oauth2/v3/token":
      return { status: 200, body: { access_token: "t", expires_in: 900, token_type: "Bearer" } };
    default:
      return { status: 200, body: {} };
  }
}

const awsError = (name: string): ScriptedAnswer => ({
  status: 400,
  body: { __type: name, message: "no" },
});
const callsOf = (operation: string) => calls.filter((call) => call.operation.endsWith(operation));

beforeAll(async () => {
  server = await scriptedServer(answer);
  Object.assign(process.env, {
    ...functionEnvironment(server.origin, ["retail-thai", "travel-thai"]),
    INBOUND_DEAD_LETTER_QUEUE_URL: `${server.origin}/0/inbound-dead.fifo`,
    OUTBOUND_DEAD_LETTER_QUEUE_URL: `${server.origin}/0/outbound-dead.fifo`,
    // What is logged is looked at here.
    POWERTOOLS_LOG_LEVEL: "INFO",
  });
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, "write").mockImplementation((text: unknown) => {
      output += String(text);
      return true;
    });
  }
});
beforeEach(() => {
  calls = [];
  answers = {};
  output = "";
});
afterAll(async () => {
  jest.restoreAllMocks();
  process.env = before;
  await server.close();
});

const context = (remainingMs = 60_000): Context =>
  ({
    awsRequestId: "r",
    functionName: "f",
    getRemainingTimeInMillis: () => remainingMs,
  }) as Context;
/** The sums of what was counted: by brand, by kind, and the platforms' answers. */
function sumsOf(log: string): Record<string, Record<string, number>> {
  const sums: Record<string, Record<string, number>> = {};
  for (const line of log.split("\n").filter((text) => text.includes('"_aws"'))) {
    const { _aws, ...values } = JSON.parse(line);
    for (const { Dimensions, Metrics } of _aws.CloudWatchMetrics) {
      const key = Dimensions[0].includes("brand") ? values.brand : "answers";
      for (const { Name } of Metrics) {
        sums[key] = { ...sums[key], [Name]: (sums[key]?.[Name] ?? 0) + Number(values[Name]) };
      }
    }
  }
  return sums;
}
const receivedAgo = (ms: number, count = 1) => ({
  ApproximateFirstReceiveTimestamp: String(Date.now() - ms),
  ApproximateReceiveCount: String(count),
  SentTimestamp: String(Date.now() - ms),
});

describe("the worker", () => {
  let worker: Awaited<ReturnType<typeof bundledFunction<"worker">>>;
  beforeAll(async () => {
    worker = await bundledFunction("worker", SETTINGS);
  });

  const lineEvent = (id: string, brand = "retail-thai") => ({
    kind: "line-event",
    brand,
    event: {
      type: "message",
      timestamp: 0,
      webhookEventId: id,
      source: { type: "user", userId: "U1" },
      message: { type: "text", id: "46", text: "geheim" },
    },
  });
  async function work(
    body: object,
    attributes: object = receivedAgo(0),
    remainingMs?: number,
  ): Promise<SQSBatchResponse> {
    return worker.handler(
      { Records: [sqsRecord("r1", "retail-thai#U1", body, attributes)] },
      context(remainingMs),
    );
  }
  const failed = { batchItemFailures: [{ itemIdentifier: "r1" }] };
  const done = { batchItemFailures: [] };

  it("measures what it delivers, and counts how both platforms answer it", async () => {
    answers = { "profile/U1": () => ({ status: 500 }) };
    // One that has no token yet.
    worker = await bundledFunction("worker", SETTINGS);
    await work(lineEvent("counted"));
    expect(sumsOf(output)).toMatchObject({
      "retail-thai": { TimeToGenesys: expect.any(Number) },
      // The token and the message.
      answers: { GenesysRequests: 2, LineRequests: 2, LineAnswered5xx: 1, LineFailed: 1 },
    });
  });

  it("claims a delivery until the invocation ends, and keeps its record longer than dead letters are kept", async () => {
    expect(await work(lineEvent("claim"))).toEqual(done);
    const claim = callsOf("PutItem").find(({ body }) => body.Item.state?.S === "delivering")?.body
      .Item;
    expect(claim.pk.S).toMatch(/^delivered#/);
    expect(Number(claim.heldUntil.N) - Date.now()).toBeGreaterThan(50_000);
    expect(Number(claim.heldUntil.N) - Date.now()).toBeLessThanOrEqual(60_000);
    const [record] = callsOf("UpdateItem").filter(({ body }) =>
      JSON.stringify(body).includes('"delivered"'),
    );
    expect(record?.body.Key.pk).toEqual(claim.pk);
    const expiresAt = Number(record?.body.ExpressionAttributeValues[":expiresAt"].N);
    expect(expiresAt - Date.now() / 1_000).toBeGreaterThan(15 * 86_400);
  });

  it("keeps the records of two brands apart", async () => {
    await work(lineEvent("same"));
    await work(lineEvent("same", "travel-thai"));
    const keys = callsOf("PutItem").flatMap(({ body }) => (body.Item.state ? body.Item.pk.S : []));
    expect(new Set(keys).size).toBe(2);
  });

  it("gives a record back with the backoff when Genesys cannot take it, and frees the claim", async () => {
    answers = { "open/message": () => ({ status: 503 }) };
    expect(await work(lineEvent("busy"), receivedAgo(0, 5))).toEqual(failed);
    expect(callsOf("DeleteItem")).toHaveLength(1);
    const [change] = callsOf("ChangeMessageVisibilityBatch");
    expect(change?.body.QueueUrl).toBe(`${server.origin}/0/Thailand_inbound_retail-thai.fifo`);
    expect(change?.body.Entries).toEqual([
      { Id: "0", ReceiptHandle: "handle r1", VisibilityTimeout: expect.any(Number) },
    ]);
    expect(change?.body.Entries[0].VisibilityTimeout).toBeGreaterThanOrEqual(16);
    expect(change?.body.Entries[0].VisibilityTimeout).toBeLessThanOrEqual(32);
  });

  it("gives a record back to the queue that it came from", async () => {
    const record = sqsRecord(
      "r1",
      "travel-thai#U1",
      lineEvent("other", "travel-thai"),
      receivedAgo(0),
    );
    const eventSourceARN =
      "arn:aws:sqs:ap-southeast-1:000000000000:Thailand_inbound_travel-thai.fifo";
    await worker.handler({ Records: [{ ...record, eventSourceARN }] }, context(44_999));
    expect(callsOf("ChangeMessageVisibilityBatch").map(({ body }) => body.QueueUrl)).toEqual([
      `${server.origin}/0/Thailand_inbound_travel-thai.fifo`,
    ]);
  });

  it("parks after 12 hours of failures, not before, with the reason and a new de-duplication id", async () => {
    answers = { "open/message": () => ({ status: 503 }) };
    expect(await work(lineEvent("late"), receivedAgo(11 * HOUR))).toEqual(failed);
    expect(callsOf("SendMessage")).toEqual([]);
    expect(await work(lineEvent("late"), receivedAgo(12 * HOUR))).toEqual(done);
    const [parked] = callsOf("SendMessage");
    expect(parked?.body).toMatchObject({
      QueueUrl: expect.stringContaining("inbound-dead.fifo"),
      MessageBody: JSON.stringify(lineEvent("late")),
      MessageGroupId: "retail-thai#U1",
      MessageAttributes: { Reason: { StringValue: "PatienceExceeded" } },
    });
    expect(parked?.body.MessageDeduplicationId).not.toBe("r1");
  });

  it("does not deliver again when Genesys has the message and only the record failed", async () => {
    answers = { UpdateItem: () => awsError("ValidationException") };
    expect(await work(lineEvent("unrecorded"))).toEqual(done);
    expect(callsOf("open/message")).toHaveLength(1);
    expect(output).toContain("Delivered, but could not record it");
  });

  it("parks what Genesys refuses even when the claim cannot be freed", async () => {
    answers = {
      "open/message": () => ({ status: 400 }),
      DeleteItem: () => awsError("ValidationException"),
    };
    expect(await work(lineEvent("refused"))).toEqual(done);
    expect(callsOf("SendMessage")[0]?.body.MessageAttributes.Reason.StringValue).toBe(
      "GenesysRefused",
    );
  });

  it("waits while another worker holds the claim", async () => {
    answers = {
      PutItem: ({ body }) =>
        body.Item.state ? awsError("ConditionalCheckFailedException") : { status: 200, body: {} },
      GetItem: ({ body }) => ({
        status: 200,
        body: {
          Item: {
            pk: body.Key.pk,
            state: { S: "delivering" },
            expiresAt: { N: "9999999999" },
            heldUntil: { N: "9999999999999" },
          },
        },
      }),
    };
    expect(await work(lineEvent("held"))).toEqual(failed);
    expect(callsOf("open/message")).toEqual([]);
  });

  it("begins nothing with less than 45 s left", async () => {
    expect(await work(lineEvent("short"), receivedAgo(0), 44_999)).toEqual(failed);
    expect(calls.map(({ operation }) => operation)).toEqual(["ChangeMessageVisibilityBatch"]);
  });

  it("writes neither text, name nor user id to its log", async () => {
    answers = { "profile/U1": () => ({ status: 200, body: { displayName: "สมชาย" } }) };
    await work(lineEvent("logged"));
    answers = {
      "open/message": () => ({ status: 400, body: { message: "geheim", code: "bad.request" } }),
    };
    await work(lineEvent("logged2"));
    expect(output).toContain("Delivered to Genesys");
    expect(output).toContain("GenesysRefused");
    expect(output).not.toMatch(/geheim|สมชาย|U1\b/);
  });
});

describe("the outbound sender", () => {
  let sender: Awaited<ReturnType<typeof bundledFunction<"outbound/sender">>>;
  beforeAll(async () => {
    sender = await bundledFunction("outbound/sender", SETTINGS);
  });

  const message = {
    kind: "message",
    brand: "retail-thai",
    message: { id: "g1", type: "Text", text: "geheim", channel: { to: { id: "U1" } } },
  };
  async function send(
    attributes: object = receivedAgo(0),
    remainingMs?: number,
  ): Promise<SQSBatchResponse> {
    return sender.handler(
      { Records: [sqsRecord("r1", "retail-thai#U1", message, attributes)] },
      context(remainingMs),
    );
  }

  it("measures what it delivers, and counts each push and how LINE answers", async () => {
    const headers = { "x-line-accepted-request-id": "1" };
    answers = { "message/push": () => ({ status: 409, headers }) };
    // One that has no token yet.
    sender = await bundledFunction("outbound/sender", SETTINGS);
    await send();
    expect(sumsOf(output)).toMatchObject({
      "retail-thai": { TimeToLine: expect.any(Number), Pushed: 1 },
      answers: { LineRequests: 2 },
    });
  });

  it("tells Genesys of a failure before it parks the message", async () => {
    answers = {
      "message/push": () => ({ status: 400, body: { message: "The property, 'to', is invalid" } }),
    };
    expect(await send()).toEqual({ batchItemFailures: [] });
    const sent = calls.filter(({ operation }) => operation.startsWith("SendMessage"));
    expect(sent.map(({ operation, body }) => [operation, body.QueueUrl.split("/").at(-1)])).toEqual(
      [
        ["SendMessageBatch", "Thailand_inbound_retail-thai.fifo"],
        ["SendMessage", "outbound-dead.fifo"],
      ],
    );
  });

  it("sends nothing again by itself once LINE may have forgotten the retry key", async () => {
    expect(await send(receivedAgo(22 * HOUR, 3))).toEqual({ batchItemFailures: [] });
    expect(callsOf("message/push")).toHaveLength(1);
    expect(await send(receivedAgo(23.1 * HOUR, 3))).toEqual({ batchItemFailures: [] });
    expect(callsOf("message/push")).toHaveLength(1);
    expect(callsOf("SendMessage")[0]?.body.MessageAttributes.Reason.StringValue).toBe(
      "OutcomeUnknown",
    );
    expect(await send(receivedAgo(23.1 * HOUR, 1))).toEqual({ batchItemFailures: [] });
    expect(callsOf("message/push")).toHaveLength(2);
  });

  it("begins nothing with less than 45 s left, and writes no text to its log", async () => {
    expect((await send(receivedAgo(0), 44_999)).batchItemFailures).toHaveLength(1);
    expect(callsOf("message/push")).toEqual([]);
    await send();
    expect(output).toContain("Delivered to LINE");
    expect(output).not.toMatch(/geheim|U1\b/);
  });
});

describe("the hourly check", () => {
  const answered = (used: number) => ({ type: "limited", value: 500, totalUsage: used });

  it("measures the quota of each brand and signs in to Genesys Cloud, asks about both dead-letter queues, and calls nothing else", async () => {
    const { handler } = await import("../../../../lambdas/hourly-check/index.ts");
    answers = { "message/quota": () => ({ status: 200, body: answered(400) }) };
    answers["quota/consumption"] = () => ({ status: 200, body: answered(400) });
    answers["/oauth/token"] = () => ({ status: 400, body: { error: "invalid_client" } });
    await handler({}, context());
    const own = { QuotaUsedPercent: 80 };
    expect(sumsOf(output)).toEqual({
      "retail-thai": { ...own, GenesysAccessRefused: 1 },
      "travel-thai": { ...own, GenesysAccessRefused: 1 },
    });
    expect(
      callsOf("GetQueueAttributes")
        .map(({ body }) => body.QueueUrl)
        .sort(),
    ).toEqual([
      process.env.INBOUND_DEAD_LETTER_QUEUE_URL,
      process.env.OUTBOUND_DEAD_LETTER_QUEUE_URL,
    ]);
    expect([...new Set(calls.map(({ operation }) => operation))].sort()).toEqual([
      "/oauth/token",
      "/oauth2/v3/token",
      "/v2/bot/message/quota",
      "/v2/bot/message/quota/consumption",
      "GetQueueAttributes",
      "GetSecretValue",
    ]);
  });
});

describe("the inbound webhook", () => {
  it("answers 503 within seconds when Secrets Manager hangs, and 200 when it answers again", async () => {
    const { handler } = await import("../../../../lambdas/inbound/index.ts");
    const body = '{"destination":"U","events":[]}';
    const post = () =>
      handler(
        httpEvent("retail-thai", body, { "x-line-signature": sign(body, "line secret") }),
        context(),
      );
    answers = { GetSecretValue: () => ({ status: 200, hang: true }) };
    const started = performance.now();
    expect(await post()).toMatchObject({ statusCode: 503 });
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(callsOf("GetSecretValue")).toHaveLength(2);
    answers = {};
    jest.useFakeTimers({
      now: Date.now() + 5_000,
      doNotFake: ["setTimeout", "setImmediate", "nextTick", "queueMicrotask", "performance"],
    });
    expect(await post()).toMatchObject({ statusCode: 200 });
    jest.useRealTimers();
  });
});
