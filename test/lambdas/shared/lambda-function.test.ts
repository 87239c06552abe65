import type { Context } from "aws-lambda";
import {
  createTelemetry,
  queueFunction,
  webhookFunction,
} from "../../../lambdas/shared/lambda-function.ts";
import { GAUGES, METRICS } from "../../../lambdas/shared/names.ts";
import { httpEvent } from "../webhook-event.ts";

const context = (remainingMs: number) =>
  ({
    awsRequestId: "r",
    functionName: "f",
    getRemainingTimeInMillis: () => remainingMs,
  }) as Context;

beforeAll(() => {
  process.env.POWERTOOLS_METRICS_NAMESPACE = "LineGenesysBridge";
  process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
});

describe("queueFunction", () => {
  it("leaves the time limit to Lambda, so that no handler runs on into the next invocation", async () => {
    const handler = queueFunction(async () => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return { batchItemFailures: [] };
    }, createTelemetry("Thailand"));
    await expect(handler({ Records: [] }, context(30))).resolves.toEqual({ batchItemFailures: [] });
  });
});

describe("webhookFunction", () => {
  it("writes the counts also when the handler fails, and answers 500", async () => {
    const lines: string[] = [];
    const write = jest.spyOn(process.stdout, "write").mockImplementation((line: unknown) => {
      lines.push(String(line));
      return true;
    });
    const telemetry = createTelemetry("Thailand");
    const handler = webhookFunction(async () => {
      telemetry.count(METRICS.accepted, "retail-thai", 2);
      telemetry.count(METRICS.accepted, "travel-thai");
      telemetry.measure(GAUGES.timeToLine, "retail-thai", 120);
      telemetry.measure(GAUGES.timeToLine, "retail-thai", 80);
      throw new Error("geheim");
    }, telemetry);
    const answer = await handler(httpEvent("retail-thai", "", {}), context(1_000));
    write.mockRestore();
    expect(answer).toMatchObject({ statusCode: 500, body: '{"message":"Internal Server Error"}' });
    const metrics = lines.map((line) => JSON.parse(line));
    expect(metrics).toMatchObject([
      { market: "Thailand", brand: "retail-thai", Accepted: 2, TimeToLine: [120, 80] },
      { market: "Thailand", brand: "travel-thai", Accepted: 1 },
    ]);
    expect(metrics[0]._aws.CloudWatchMetrics[0].Metrics).toContainEqual({
      Name: "TimeToLine",
      Unit: "Milliseconds",
    });
    expect(metrics[0]._aws.CloudWatchMetrics[0].Dimensions).toEqual([
      ["service", "market", "brand"],
    ]);
  });
});
