import type { Context } from "aws-lambda";
import { bundledFunction } from "../../bundled-function.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { httpEvent } from "../../webhook-event.ts";

const context = {
  awsRequestId: "request",
  functionName: "f",
  getRemainingTimeInMillis: () => 60_000,
} as Context;
const before = { ...process.env };

beforeAll(() => {
  Object.assign(process.env, {
    MARKET: "Thailand",
    BRANDS: "retail-thai",
    TABLE_NAME: "table",
    PATIENCE_HOURS: "12",
    IMAGES_FUNCTION_NAME: "images",
    MEDIA_BUCKET: "media",
    ATTACHMENT_MEGABYTES: "25",
    QUEUE_URL_PREFIX: "http://127.0.0.1:9/0/",
    REQUESTS_PER_MINUTE: "300",
    TIME_ZONE: "Asia/Bangkok",
    LANGUAGE: "th",
    AWS_REGION: "ap-southeast-1",
    POWERTOOLS_SERVICE_NAME: "a-service",
    POWERTOOLS_METRICS_NAMESPACE: "LineGenesysBridge",
    POWERTOOLS_LOG_LEVEL: "SILENT",
    // Nothing listens there: AWS calls fail at once and never leave this machine.
    AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  for (const name of [
    "INBOUND_DEAD_LETTER_QUEUE",
    "OUTBOUND_DEAD_LETTER_QUEUE",
    "LINE_API",
    "LINE_DATA_API",
    "GENESYS_API",
    "GENESYS_DOWNLOADS",
    "GENESYS_LOGIN",
    "MEDIA",
  ]) {
    process.env[`${name}_URL`] = "http://127.0.0.1:9";
  }
});
afterAll(() => {
  process.env = before;
});

/** What the counter's middleware writes: one EMF line per brand. */
async function metricsOf(invoke: () => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((line: unknown) => {
    lines.push(String(line));
    return true;
  });
  try {
    await invoke();
  } finally {
    write.mockRestore();
  }
  return lines.filter((line) => line.includes("_aws"));
}

describe("the exported handlers run their middleware", () => {
  it("inbound", async () => {
    const { handler } = await import("../../../../lambdas/inbound/index.ts");
    const metrics = await metricsOf(() => handler(httpEvent("retail-thai", "{}", {}), context));
    expect(metrics.map((line) => JSON.parse(line))).toMatchObject([
      { market: "Thailand", brand: "retail-thai", SecretFault: 1 },
    ]);
  });

  it("outbound-webhook, with an error that tells a stranger nothing", async () => {
    const { handler } = await import("../../../../lambdas/outbound/webhook/index.ts");
    const metrics = await metricsOf(() => handler(httpEvent("retail-thai", "{}", {}), context));
    expect(metrics[0]).toContain('"SecretFault":1');
    // An event without headers is no HTTP event at all: the handler throws, the middleware answers.
    const broken = { ...httpEvent("retail-thai", "{}", {}), headers: undefined } as never;
    expect(await handler(broken, context)).toMatchObject({
      statusCode: 500,
      body: '{"message":"Internal Server Error"}',
    });
  });

  it("outbound-images, whose failed invocations Lambda counts", async () => {
    const { handler } = await import("../../../../lambdas/outbound/images/index.ts");
    await expect(handler({ brand: "retail-thai" }, context)).rejects.toThrow(/key: .*source: /);
  });

  it.each(["worker", "outbound/sender"] as const)("%s", async (folder) => {
    const { handler } = await bundledFunction(folder, { "retail-thai": {} });
    const Records = [
      sqsRecord("m", "retail-thai#U1", "unreadable", {
        ApproximateFirstReceiveTimestamp: String(Date.now()),
      }),
    ];
    // Parking fails without a queue, so the record goes back and is counted.
    const metrics = await metricsOf(async () => {
      expect(await handler({ Records }, context)).toEqual({
        batchItemFailures: [{ itemIdentifier: "m" }],
      });
    });
    expect(metrics[0]).toContain('"Retried":1');
  });
});
