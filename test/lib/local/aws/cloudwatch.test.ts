import {
  CloudWatchClient,
  GetMetricDataCommand,
  ListMetricsCommand,
  type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import { startCloudWatch } from "../../../../lib/local/aws/cloudwatch.ts";
import { createLoggedMetrics } from "../../../../lib/local/aws/logged-metrics.ts";
import type { HttpServer } from "../../../../lib/local/http-server.ts";
import type { LogLine } from "../../../../lib/local/log-line.ts";

const at = (time: string) => Date.parse(`2026-11-26T${time}Z`);

describe("CloudWatch", () => {
  const metrics = createLoggedMetrics();
  const taken: string[] = [];
  let server: HttpServer;
  let client: CloudWatchClient;

  beforeAll(async () => {
    server = await startCloudWatch(metrics);
    client = new CloudWatchClient({
      region: "ap-southeast-1",
      endpoint: server.url,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
  });

  /** As Powertools writes it. */
  function log(time: string, brand: string, values: Record<string, number | number[]>): void {
    const Metrics = Object.keys(values).map((Name) => ({ Name, Unit: "Count" }));
    const CloudWatchMetrics = [
      { Namespace: "Bridge", Dimensions: [["service", "brand"]], Metrics },
    ];
    const line = {
      _aws: { Timestamp: at(time), CloudWatchMetrics },
      service: "s",
      brand,
      ...values,
    };
    const text = JSON.stringify(line);
    taken.push(text);
    metrics.take(logged(text));
  }

  const logged = (text: string, stream: LogLine["stream"] = "stdout"): LogLine => ({
    source: "s",
    stream,
    text,
  });

  const query = (brand: string, MetricName: string, Period = 3_600): MetricDataQuery => ({
    Id: "q",
    MetricStat: {
      Metric: {
        Namespace: "Bridge",
        MetricName,
        // Not the order in which the function names them.
        Dimensions: [
          { Name: "brand", Value: brand },
          { Name: "service", Value: "s" },
        ],
      },
      Period,
      Stat: "Sum",
    },
  });

  const ask = (queries: MetricDataQuery[], from: string, to: string) =>
    client.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(at(from)),
        EndTime: new Date(at(to)),
      }),
    );

  async function sums(brand: string, name: string, from: string, to: string, period?: number) {
    const { MetricDataResults = [] } = await ask([query(brand, name, period)], from, to);
    const [{ Timestamps = [], Values = [] } = {}] = MetricDataResults;
    return Timestamps.map((time, index) => [time.toISOString().slice(11, 16), Values[index]]);
  }

  function logSums(): void {
    log("09:59:59.999", "sums", { Pushed: 1 });
    log("10:00:00", "sums", { Pushed: 2, Replied: 30 });
    log("10:59:59.999", "sums", { Pushed: [4, 8] });
    log("11:00:00", "sums", { Pushed: 16 });
    log("10:00:00", "other", { Pushed: 100 });
  }

  test("sums a metric of these dimensions by periods, the one at the end left out", async () => {
    logSums();
    expect(await sums("sums", "Pushed", "10:00", "11:00")).toEqual([["10:00", 14]]);
    expect(await sums("sums", "Pushed", "09:00", "11:01")).toEqual([
      ["09:00", 1],
      ["10:00", 14],
      ["11:00", 16],
    ]);
    expect(await sums("sums", "Pushed", "10:00", "11:00", 60)).toEqual([
      ["10:00", 2],
      ["10:59", 12],
    ]);
    expect(await sums("sums", "Replied", "09:00", "12:00")).toEqual([["10:00", 30]]);
    expect(await sums("nobody", "Pushed", "09:00", "12:00")).toEqual([]);
  });

  test("counts nothing of other lines, other streams and half a line", async () => {
    log("12:00", "lines", { Pushed: 1 });
    const [line = ""] = taken.slice(-1);
    for (const text of ["hello", `x${line}`, line.slice(0, -1)]) metrics.take(logged(text));
    metrics.take(logged(line, "stderr"));
    expect(await sums("lines", "Pushed", "12:00", "13:00")).toEqual([["12:00", 1]]);
  });

  test("knows no other statistic, expression or operation", async () => {
    const average = query("sums", "Pushed");
    const refused = { name: "InvalidParameterValueException", $metadata: { httpStatusCode: 400 } };
    const asking = (queries: MetricDataQuery[]) => ask(queries, "09:00", "10:00");
    await expect(
      asking([{ Id: "q", MetricStat: { ...average.MetricStat, Stat: "Average" } as never }]),
    ).rejects.toMatchObject(refused);
    await expect(asking([{ Id: "q", Expression: "1 + 1" }])).rejects.toMatchObject(refused);
    await expect(client.send(new ListMetricsCommand({}))).rejects.toMatchObject({
      name: "UnknownOperationException",
    });
  });
});
