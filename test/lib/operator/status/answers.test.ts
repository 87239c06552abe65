import { CloudWatchClient, type GetMetricDataCommandInput } from "@aws-sdk/client-cloudwatch";
import { parseMarkets } from "../../../../lib/markets.ts";
import { createAwsClients } from "../../../../lib/operator/market/aws-clients.ts";
import type { Target } from "../../../../lib/operator/market/target.ts";
import { createAnswersReader, monthOfLine } from "../../../../lib/operator/status/answers.ts";

const [settings] = Object.values(
  parseMarkets({
    Testland: {
      awsRegion: "ap-southeast-1",
      genesysRegion: "ap-southeast-1",
      brands: { one: { brand: "One" }, two: { brand: "Two" } },
    },
  }),
);

describe("LINE's month", () => {
  it.each([
    ["2026-11-30T14:59:59.999Z", "2026-10-31T15:00:00.000Z"],
    ["2026-11-30T15:00:00.000Z", "2026-11-30T15:00:00.000Z"],
    ["2026-12-31T14:59:59.999Z", "2026-11-30T15:00:00.000Z"],
    ["2026-12-31T15:00:00.000Z", "2026-12-31T15:00:00.000Z"],
  ])("at %s has begun at %s", (time, begin) => {
    expect(new Date(monthOfLine(Date.parse(time))).toISOString()).toBe(begin);
  });
});

describe("pushes and replies", () => {
  let now = Date.parse("2026-11-30T14:00:00Z");
  const asked: GetMetricDataCommandInput[] = [];
  /** What CloudWatch answers next, page by page. */
  let pages: object[] = [];
  let target: Target;

  beforeEach(() => {
    if (settings === undefined) throw new Error("no market");
    const aws = createAwsClients("ap-southeast-1");
    aws.cloudWatch = new CloudWatchClient({ region: "ap-southeast-1" });
    aws.cloudWatch.middlewareStack.add(
      () => async (args) => {
        asked.push(args.input as GetMetricDataCommandInput);
        const output = pages.shift();
        if (output instanceof Error) throw output;
        return { output: { $metadata: {}, ...output } as never, response: undefined };
      },
      { step: "initialize" },
    );
    target = {
      market: "Testland",
      settings,
      stackName: "",
      region: "ap-southeast-1",
      local: undefined,
      platforms: { lineApi: "", genesysApi: "", genesysLogin: "" },
      aws,
    };
    asked.length = 0;
  });
  afterEach(() => {
    for (const client of Object.values(target.aws)) client.destroy();
  });

  const values = (Id: string, ...Values: number[]) => ({ Id, Values });
  const reading = () => createAnswersReader(target, () => now);

  it("are asked for once for all brands, since LINE's month began", async () => {
    pages = [{ MetricDataResults: [] }];
    await reading()();
    const [{ MetricDataQueries, ...range } = {}, ...others] = asked;
    expect(others).toEqual([]);
    expect(range).toMatchObject({
      StartTime: new Date("2026-10-31T15:00:00Z"),
      EndTime: new Date("2026-11-30T14:00:00Z"),
    });
    const of = (Id: string, MetricName: string, brand: string) => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace: "LineGenesysBridge",
          MetricName,
          Dimensions: [
            { Name: "service", Value: "outbound-sender" },
            { Name: "market", Value: "Testland" },
            { Name: "brand", Value: brand },
          ],
        },
        Period: 3_600,
        Stat: "Sum",
      },
    });
    expect(MetricDataQueries).toEqual([
      of("pushes0", "Pushed", "one"),
      of("replies0", "Replied", "one"),
      of("pushes1", "Pushed", "two"),
      of("replies1", "Replied", "two"),
    ]);
  });

  it("are the sums of all hours and pages, with the share of replies rounded down", async () => {
    pages = [
      {
        MetricDataResults: [values("pushes0", 400, 2), values("replies0", 188)],
        NextToken: "more",
      },
      { MetricDataResults: [values("pushes0", 10), values("replies1")] },
    ];
    expect(await reading()()).toEqual(
      new Map([
        ["one", { pushes: 412, replies: 188, freePercent: 31 }],
        ["two", { pushes: 0, replies: 0 }],
      ]),
    );
  });

  it("are not free as long as one of many was pushed", async () => {
    pages = [{ MetricDataResults: [values("pushes0", 1), values("replies0", 999)] }];
    expect((await reading()()).get("one")?.freePercent).toBe(99);
  });

  it("are kept for a minute, because AWS bills the question; a refusal is not", async () => {
    const denied = new Error("no");
    pages = [denied, { MetricDataResults: [values("pushes0", 1)] }, { MetricDataResults: [] }];
    const read = reading();
    const pushes = async () => (await read()).get("one")?.pushes;
    await expect(read()).rejects.toBe(denied);
    expect(await pushes()).toBe(1);
    now += 59_999;
    expect(await pushes()).toBe(1);
    now += 1;
    expect(await pushes()).toBe(0);
    expect(asked).toHaveLength(3);
  });
});
