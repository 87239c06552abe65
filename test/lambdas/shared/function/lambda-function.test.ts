import type { Context } from "aws-lambda";
import { GAUGES, METRICS } from "../../../../lambdas/shared/contract/metric-names.ts";
import {
  createTelemetry,
  eventFunction,
  queueFunction,
  webhookFunction,
} from "../../../../lambdas/shared/function/lambda-function.ts";
import { httpEvent } from "../../webhook-event.ts";

const context = (remainingMs: number) =>
  ({
    awsRequestId: "r",
    functionName: "f",
    getRemainingTimeInMillis: () => remainingMs,
  }) as Context;

beforeAll(() => {
  process.env.POWERTOOLS_METRICS_NAMESPACE = "LineGenesysBridge";
  process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
  process.env.POWERTOOLS_SERVICE_NAME = "a-service";
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

describe.each([
  ["queueFunction", queueFunction],
  ["eventFunction", eventFunction],
])("%s", (_, functionOf) => {
  it("logs an error that it did not expect, without its message, and fails with it", async () => {
    const telemetry = createTelemetry("Thailand");
    const error = jest.spyOn(telemetry.log, "error").mockImplementation(() => undefined);
    const handler = functionOf(async () => {
      throw new RangeError("geheim");
    }, telemetry);
    await expect(handler({ Records: [] }, context(1_000))).rejects.toThrow("geheim");
    expect(error).toHaveBeenCalledTimes(1);
    expect(error).toHaveBeenCalledWith("Unexpected error", {
      errorName: "RangeError",
      errorStack: expect.stringContaining("lambda-function.test.ts"),
    });
  });
});

/** What the functions write meanwhile. */
function capture() {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((line: unknown) => {
    lines.push(String(line));
    return true;
  });
  return {
    metrics() {
      write.mockRestore();
      return lines.map((line) => JSON.parse(line));
    },
  };
}

describe("webhookFunction", () => {
  it("writes the counts also when the handler fails, and answers 500", async () => {
    const written = capture();
    const telemetry = createTelemetry("Thailand");
    const handler = webhookFunction(async () => {
      telemetry.forBrand("retail-thai").count(METRICS.accepted, 2);
      telemetry.forBrand("travel-thai").count(METRICS.accepted);
      telemetry.forBrand("retail-thai").measure(GAUGES.timeToLine, 120);
      telemetry.forBrand("retail-thai").measure(GAUGES.timeToLine, 80);
      throw new Error("geheim");
    }, telemetry);
    const answer = await handler(httpEvent("retail-thai", "", {}), context(1_000));
    const metrics = written.metrics();
    expect(answer).toMatchObject({ statusCode: 500, body: '{"message":"Internal Server Error"}' });
    expect(metrics).toMatchObject([
      { market: "Thailand", brand: "retail-thai", Accepted: 2, TimeToLine: [120, 80] },
      { market: "Thailand", brand: "travel-thai", Accepted: 1 },
    ]);
    expect(metrics).toHaveLength(2);
    expect(metrics[0]._aws.CloudWatchMetrics[0].Metrics).toContainEqual({
      Name: "TimeToLine",
      Unit: "Milliseconds",
    });
    for (const line of metrics) {
      expect(line._aws.CloudWatchMetrics[0].Dimensions).toEqual([["service", "market", "brand"]]);
    }
  });

  it("writes the longest wait for each brand, its faults without the service, and answers for the market", async () => {
    const written = capture();
    const telemetry = createTelemetry("Thailand");
    // Made once, as the functions do it: what was written must not be written again.
    const [retail, travel] = [telemetry.forBrand("retail-thai"), telemetry.forBrand("travel-thai")];
    const countAnswer = telemetry.forAnswersOf("line");
    const handler = queueFunction(async () => {
      retail.count(METRICS.retried);
      travel.count(METRICS.secretFault);
      travel.count(METRICS.retried, 2);
      for (const answer of ["2xx", "4xx", "throttled", "5xx", "none"] as const) countAnswer(answer);
      telemetry.noteWait("retail-thai", 20);
      telemetry.noteWait("retail-thai", 400);
      telemetry.noteWait("travel-thai", 60);
      return { batchItemFailures: [] };
    }, telemetry);
    await handler({ Records: [] }, context(1_000));
    await handler({ Records: [] }, context(1_000));
    const lines = written.metrics();
    const said = lines.flatMap(({ _aws, ...values }) =>
      _aws.CloudWatchMetrics.flatMap(
        ({ Dimensions, Metrics }: { Dimensions: string[][]; Metrics: { Name: string }[] }) =>
          Metrics.map(({ Name }) => [
            ...Dimensions.map((names) =>
              [...names]
                .sort()
                .map((name) => `${name} ${values[name]}`)
                .join(", "),
            ),
            `${Name} ${values[Name]}`,
          ]),
      ),
    );
    const once = [
      ["brand retail-thai, market Thailand, service a-service", "Retried 1"],
      ["brand retail-thai, market Thailand, service a-service", "Waited 400"],
      ["brand travel-thai, market Thailand, service a-service", "Retried 2"],
      ["brand travel-thai, market Thailand, service a-service", "Waited 60"],
      ["brand travel-thai, market Thailand", "SecretFault 1"],
      ["market Thailand", "LineRequests 5"],
      ["market Thailand", "LineAnswered4xx 1"],
      ["market Thailand", "LineAnswered429 1"],
      ["market Thailand", "LineFailed 3"],
      ["market Thailand", "LineAnswered5xx 1"],
      ["market Thailand", "LineUnanswered 1"],
    ].map(String);
    expect(said.map(String).sort()).toEqual([...once, ...once].sort());
    // One for each brand: what is of all services goes into one of them.
    expect(lines).toHaveLength(4);
  });
});
