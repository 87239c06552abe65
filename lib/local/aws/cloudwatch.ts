import * as z from "zod";
import type { HttpServer } from "../http-server.ts";
import { jsonResponse, operationOf, parseJson } from "./aws-json.ts";
import { startAwsServer } from "./aws-server.ts";
import type { LoggedMetrics } from "./logged-metrics.ts";

const seconds = z.number().transform((value) => value * 1_000);

const getMetricData = z.object({
  MetricDataQueries: z
    .array(
      z.object({
        Id: z.string().regex(/^[a-z]\w*$/),
        MetricStat: z.object({
          Metric: z.object({
            Namespace: z.string(),
            MetricName: z.string(),
            Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
          }),
          Period: z.int().multipleOf(60).positive(),
          Stat: z.literal("Sum"),
        }),
      }),
    )
    .max(500),
  StartTime: seconds,
  EndTime: seconds,
});

type Request = z.infer<typeof getMetricData>;

/**
 * Starts a stand-in for Amazon CloudWatch (JSON 1.0 protocol) that knows what the functions have counted. It answers
 * GetMetricData with sums, in one page; other statistics and expressions are InvalidParameterValueException, other
 * operations UnknownOperationException.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function startCloudWatch(metrics: LoggedMetrics): Promise<HttpServer> {
  return startAwsServer(async ({ headers, body }) => {
    if (operationOf(headers) !== "GetMetricData") return refusal("UnknownOperationException", "");
    const request = getMetricData.safeParse(parseJson(body));
    return request.success
      ? jsonResponse(200, { MetricDataResults: resultsOf(request.data, metrics) }, "1.0")
      : refusal("InvalidParameterValueException", z.prettifyError(request.error));
  });
}

function resultsOf({ MetricDataQueries, StartTime, EndTime }: Request, metrics: LoggedMetrics) {
  return MetricDataQueries.map(({ Id, MetricStat: { Metric, Period } }) => {
    const minutes = metrics.sums({
      namespace: Metric.Namespace,
      name: Metric.MetricName,
      dimensions: Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
    });
    const sums = new Map<number, number>();
    for (const [minute, sum] of minutes) {
      const start = minute - (minute % (Period * 1_000));
      if (start >= StartTime && start < EndTime) sums.set(start, (sums.get(start) ?? 0) + sum);
    }
    return {
      Id,
      Label: Metric.MetricName,
      StatusCode: "Complete",
      Timestamps: [...sums.keys()].map((start) => start / 1_000),
      Values: [...sums.values()],
    };
  });
}

function refusal(type: string, message: string) {
  return jsonResponse(400, { __type: type, message }, "1.0");
}
