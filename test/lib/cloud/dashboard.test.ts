import { readdirSync, readFileSync, rmSync } from "node:fs";
import type { Template } from "aws-cdk-lib/assertions";
import { ANSWERS } from "../../../lambdas/shared/contract/answers.ts";
import { FAULTS, GAUGES, METRICS, WAITED } from "../../../lambdas/shared/contract/metric-names.ts";
import { SERVICES } from "../../../lambdas/shared/contract/services.ts";
import { buildApp } from "../../../lib/cloud/app.ts";
import { parseMarkets } from "../../../lib/markets.ts";
import { anchorsOf } from "../../pages/markdown.ts";
import { type Widget, widgetsOf } from "./dashboard-body.ts";
import { synthesize, templateOf, WITHOUT_BUNDLING, withoutTraces } from "./synthesize.ts";

let template: Template;
beforeAll(() => {
  template = synthesize("Thailand");
});

const COUNTS: string[] = [METRICS, ANSWERS.genesys, ANSWERS.line].flatMap((names) =>
  Object.values<string>(names),
);
/** They are for alarms: the dashboard shows of what they are the sum. */
const ONLY_FOR_ALARMS: string[] = [ANSWERS.genesys.failed, ANSWERS.line.failed];

/** What AWS measures by itself: the dimensions of a namespace, and its metrics that are shown. */
const AWS_METRICS: Record<string, [dimensions: string, metrics: string[]]> = {
  "AWS/Lambda": ["FunctionName", ["Duration", "Errors", "Invocations", "Throttles"]],
  "AWS/SQS": [
    "QueueName",
    [
      "ApproximateAgeOfOldestMessage",
      "ApproximateNumberOfMessagesNotVisible",
      "ApproximateNumberOfMessagesVisible",
      "NumberOfEmptyReceives",
      "NumberOfMessagesSent",
    ],
  ],
  "AWS/ApiGateway": ["ApiId", ["4xx", "5xx", "Count", "Latency"]],
  "AWS/DynamoDB": ["TableName", ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"]],
  "AWS/Logs": ["LogGroupName", ["IncomingBytes"]],
  "AWS/CloudFront": ["DistributionId Region", ["BytesDownloaded", "Requests"]],
};

interface Shown {
  title: string | undefined;
  region: string | undefined;
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
  id?: string;
  visible?: boolean;
  stat?: string;
}

/** The metrics of a graph; expressions are not among them. */
function metricsOf({ properties: { title, region, metrics = [] } }: Widget): Shown[] {
  return metrics.flatMap((entry) => {
    const [namespace, name, ...rest] = entry.filter((part) => typeof part === "string");
    if (namespace === undefined || name === undefined) return [];
    const dimensions = Object.fromEntries(
      rest.flatMap((part, index) => (index % 2 === 0 ? [[part, rest[index + 1] ?? ""]] : [])),
    );
    const options = entry.at(-1);
    const more = typeof options === "object" ? { ...options } : {};
    return [{ title, region, namespace, name, dimensions, ...more }];
  });
}

function expressionsOf({ properties: { metrics = [] } }: Widget): string[] {
  return metrics.flatMap(([first]) =>
    typeof first === "object" && first !== null && "expression" in first
      ? [String(first.expression)]
      : [],
  );
}

const own = () =>
  widgetsOf(template)
    .flatMap(metricsOf)
    .filter(({ namespace }) => namespace === "LineGenesysBridge");

describe("the dashboard", () => {
  it("is named after the stack and its region: an account has dashboards, not a region", () => {
    template.hasResourceProperties("AWS::CloudWatch::Dashboard", {
      DashboardName: "LineGenesysBridge-Thailand-ap-southeast-1",
    });
  });

  it("follows a message from top to bottom, and ends with the costs", () => {
    const titles = widgetsOf(template).map(
      ({ properties: { title, markdown } }) => title ?? markdown?.split("\n")[0],
    );
    expect(titles).toEqual([
      "# LINE ↔ Genesys Cloud · Thailand",
      "Alarms",
      "## 1 · LINE webhook: customers' messages arrive",
      "LINE webhook: accepted",
      "LINE webhook: not stored (503)",
      "LINE webhook: signature failures",
      "LINE webhook: latency (ms)",
      "## 2 · Inbound queues: customers' messages wait, each customer's in order",
      "Inbound queues: age of the oldest message (s)",
      "Inbound queues: messages waiting",
      "Inbound queues: messages in flight or backing off",
      "Inbound: dead letters of all brands",
      "## 3 · Worker: customers' messages go to Genesys Cloud",
      "To Genesys Cloud: delivered",
      "To Genesys Cloud: time of delivery (ms)",
      "To Genesys Cloud: retried",
      "To Genesys Cloud: put off without a try",
      "To Genesys Cloud: failed",
      "## 4 · Genesys Cloud answers",
      "Genesys Cloud: requests, and answers that are not 2xx",
      "Genesys Cloud: access refused",
      "## 5 · Genesys webhook: agents' messages arrive",
      "Genesys webhook: accepted",
      "Genesys webhook: not stored (503)",
      "Genesys webhook: signature failures",
      "Genesys webhook: latency (ms)",
      "## 6 · Outbound queues: agents' messages wait, each customer's in order",
      "Outbound queues: age of the oldest message (s)",
      "Outbound queues: messages waiting",
      "Outbound queues: messages in flight or backing off",
      "Outbound: dead letters of all brands",
      "## 7 · Sender: agents' messages go to LINE",
      "To LINE: delivered",
      "To LINE: time of delivery (ms)",
      "To LINE: retried",
      "To LINE: put off without a try",
      "To LINE: failed",
      "## 8 · LINE answers",
      "LINE: requests, and answers that are not 2xx",
      "LINE: access refused",
      "## 9 · What LINE bills: pushes, not replies",
      "LINE: pushes, which LINE bills",
      "LINE: replies, which are free",
      "LINE: replies that may have arrived, and what became of them",
      "LINE: this month's messages used (%)",
      "## Underneath: functions, the HTTP API, and faults of a brand, whichever function finds them",
      "Functions: errors",
      "Functions: throttles",
      "Functions: duration, 95th percentile (ms)",
      "HTTP API: answers that are errors",
      "Secret faults",
      "Signed events that cannot be read",
      "Messages held back by a breaker",
      "## Cost drivers: what AWS charges for, as sums of five minutes",
      "HTTP API: requests",
      "Functions: invocations",
      "Functions: GB-seconds",
      "Queues: messages sent, and receives that found no message",
      "Table: request units",
      "Logs: bytes",
      "Media: requests",
      "Media: bytes",
    ]);
  });

  it("fills each of its rows from left to right", () => {
    const rows = Map.groupBy(widgetsOf(template), ({ y }) => y);
    let bottom = 0;
    for (const [y, widgets] of rows) {
      expect(y).toBe(bottom);
      expect(new Set(widgets.map(({ height }) => height)).size).toBe(1);
      let right = 0;
      for (const { x, width } of widgets) {
        expect(x).toBe(right);
        right += width;
      }
      expect(right).toBe(24);
      bottom += widgets[0]?.height ?? 0;
    }
  });
});

describe("the bridge's own metrics", () => {
  const code = readdirSync("lambdas", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(`lambdas/${path}`, "utf8"))
    .join();

  it.each([
    ...Object.keys(METRICS).map((key) => `METRICS.${key}`),
    ...Object.keys(GAUGES).map((key) => `GAUGES.${key}`),
    'forAnswersOf("genesys"',
    'forAnswersOf("line"',
  ])("%s is emitted by the functions", (use) => {
    expect(code).toContain(use);
  });

  it("are all shown, and no others", () => {
    const searched = JSON.stringify(widgetsOf(template)).matchAll(
      /SEARCH\('.*?MetricName=\\+"(\w+)/g,
    );
    const shown = new Set([
      ...own().map(({ name }) => name),
      ...[...searched].map(([, name]) => name),
    ]);
    expect([...shown].sort()).toEqual(
      [...COUNTS, ...Object.values(GAUGES), WAITED]
        .filter((name) => !ONLY_FOR_ALARMS.includes(name))
        .sort(),
    );
  });

  it("are searched for, where a line is the sum over all brands, by the dimensions that the functions give them", () => {
    const lines = widgetsOf(template).flatMap(({ properties }) => JSON.stringify(properties));
    expect(lines.join()).toContain(
      String.raw`SUM(FILL(SEARCH('{LineGenesysBridge,service,market,brand} MetricName=\"NotStored\" service=\"inbound\" market=\"Thailand\"','Sum',300),0))`,
    );
  });

  it("are named by the dimensions that the functions give them", () => {
    const ofMarket: string[] = [...Object.values(ANSWERS.genesys), ...Object.values(ANSWERS.line)];
    const ofBrand: string[] = [...FAULTS];
    for (const { name, dimensions } of own()) {
      const { service, market, brand = "retail-thai", ...others } = dimensions;
      if ([...ofMarket, ...ofBrand].includes(name)) expect(service).toBeUndefined();
      else expect(Object.values<string>(SERVICES)).toContain(service);
      expect(dimensions.brand === undefined).toBe(ofMarket.includes(name));
      expect(market).toBe("Thailand");
      expect(["retail-thai", "travel-thai"]).toContain(brand);
      expect(others).toEqual({});
    }
  });

  it("show each brand for itself where one is shown", () => {
    const graphs = Map.groupBy(own(), ({ title, name, dimensions }) =>
      JSON.stringify([title, name, dimensions.service]),
    );
    for (const metrics of graphs.values()) {
      const brands = new Set(metrics.map(({ dimensions }) => dimensions.brand));
      expect([[undefined], ["retail-thai", "travel-thai"]]).toContainEqual([...brands]);
    }
  });

  it("are zero where nothing was counted", () => {
    for (const widget of widgetsOf(template)) {
      const expressions = expressionsOf(widget).join();
      for (const { name, id, visible } of metricsOf(widget)) {
        if (!COUNTS.includes(name)) continue;
        expect(visible).toBe(false);
        expect(expressions).toContain(`FILL(${id},0)`);
      }
    }
  });

  it("count what was delivered by the values that tell how long it took", () => {
    for (const [to, gauge] of [
      ["To Genesys Cloud", GAUGES.timeToGenesys],
      ["To LINE", GAUGES.timeToLine],
    ]) {
      const [graph] = widgetsOf(template).filter(
        ({ properties }) => properties.title === `${to}: delivered`,
      );
      const shown = graph ? metricsOf(graph) : [];
      expect(shown).toHaveLength(2);
      for (const metric of shown) {
        expect(metric).toMatchObject({ name: gauge, stat: "SampleCount", visible: false });
      }
    }
  });
});

describe("what LINE bills", () => {
  const found = (metric: string) =>
    `FILL(SEARCH('{LineGenesysBridge,service,market,brand} MetricName="${metric}" service="outbound-sender" market="Thailand"','Sum',300),0)`;

  it.each([
    ["LINE: pushes, which LINE bills", "Pushed"],
    ["LINE: replies, which are free", "Replied"],
  ])("%s: a line per brand", (title, metric) => {
    const [graph] = widgetsOf(template).filter(({ properties }) => properties.title === title);
    expect(graph?.properties.metrics).toEqual([
      [{ expression: found(metric), label: expect.stringMatching(/^\$\{PROP\('Dim\.brand'\)\}$/) }],
    ]);
  });

  it("and what became of replies that may have arrived", () => {
    const [graph] = widgetsOf(template).filter(({ properties }) =>
      properties.title?.startsWith("LINE: replies that may have arrived"),
    );
    expect(graph?.properties.metrics).toEqual([
      [{ expression: `SUM(${found("ReplyUnclearPushed")})`, label: "then pushed" }],
      [{ expression: `SUM(${found("ReplyUnclearFailed")})`, label: "failed for the agent" }],
    ]);
  });
});

describe("the metrics of AWS", () => {
  it("exist, with the dimensions that AWS gives them", () => {
    const shown = widgetsOf(template)
      .flatMap(metricsOf)
      .filter(({ namespace }) => namespace !== "LineGenesysBridge");
    for (const { namespace, name, dimensions } of shown) {
      const [expected, names] = AWS_METRICS[namespace] ?? [];
      expect(Object.keys(dimensions).join(" ")).toBe(expected);
      expect(names).toContain(name);
    }
    for (const [namespace, [, names]] of Object.entries(AWS_METRICS)) {
      const used = shown.filter((metric) => metric.namespace === namespace);
      expect([...new Set(used.map(({ name }) => name))].sort()).toEqual(names);
    }
  });

  it("of CloudFront are read where CloudFront keeps them", () => {
    const elsewhere = widgetsOf(template)
      .flatMap(metricsOf)
      .filter(({ region }) => region !== "<AWS::Region>");
    expect(elsewhere.map(({ namespace, region }) => [namespace, region])).toEqual([
      ["AWS/CloudFront", "us-east-1"],
      ["AWS/CloudFront", "us-east-1"],
    ]);
    expect(elsewhere.every(({ dimensions }) => dimensions.Region === "Global")).toBe(true);
  });

  it("show what each function costs by the memory that it has", () => {
    const [graph] = widgetsOf(template).filter(
      ({ properties }) => properties.title === "Functions: GB-seconds",
    );
    expect(graph && expressionsOf(graph)).toEqual(
      [512, 512, 512, 512, 1769, 512].map(
        (memory, index) => `FILL(milliseconds${index},0) / 1000 * ${memory} / 1024`,
      ),
    );
  });
});

describe("the headings", () => {
  const markdown = () => widgetsOf(template).flatMap(({ properties }) => properties.markdown ?? []);
  const linksIn = (text: string) =>
    [...text.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, label = "", url = ""]) => ({
      label,
      url,
    }));
  const typeOf = (logicalId: string) => template.toJSON().Resources[logicalId]?.Type;

  it("lead to the log of each function, of the HTTP API, and to the saved queries", () => {
    const home =
      "https://ap-southeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-southeast-1#logsV2:";
    const links = markdown().flatMap(linksIn);
    for (const service of Object.values(SERVICES)) {
      const urls = links.filter(({ label }) => label === `log of ${service}`).map(({ url }) => url);
      expect(urls.length).toBeGreaterThan(0);
      for (const url of urls) {
        expect(url.startsWith(`${home}log-groups/log-group/<`)).toBe(true);
        const id = url.slice(url.indexOf("<") + 1, -1);
        expect(typeOf(id)).toBe("AWS::Logs::LogGroup");
        template.hasResourceProperties("AWS::Lambda::Function", {
          Environment: { Variables: { POWERTOOLS_SERVICE_NAME: service } },
          LoggingConfig: { LogGroup: { Ref: id } },
        });
      }
    }
    expect(links).toContainEqual({
      label: "access log",
      url: `${home}log-groups/log-group/$252Faws$252Fvendedlogs$252Fhttp-api$252FLineGenesysBridge-Thailand`,
    });
    expect(links).toContainEqual({
      label: "saved queries (folder LineGenesysBridge-Thailand)",
      url: `${home}logs-insights`,
    });
  });

  it("lead to the queues of each brand and to the dead letters", () => {
    const home =
      "https://ap-southeast-1.console.aws.amazon.com/sqs/v3/home?region=ap-southeast-1#/queues/https%3A%2F%2Fsqs.ap-southeast-1.<AWS::URLSuffix>%2F<AWS::AccountId>%2F<";
    const links = markdown()
      .flatMap(linksIn)
      .filter(({ url }) => url.includes("/sqs/"));
    const named = links.map(({ label, url }) => {
      expect(url.startsWith(home)).toBe(true);
      const id = url.slice(home.length, -1);
      expect(typeOf(id)).toBe("AWS::SQS::Queue");
      return [label, template.toJSON().Resources[id].Properties.QueueName];
    });
    expect(named).toEqual([
      ["queue of retail-thai", "Thailand_inbound_retail-thai.fifo"],
      ["queue of travel-thai", "Thailand_inbound_travel-thai.fifo"],
      ["dead letters", undefined],
      ["queue of retail-thai", "Thailand_outbound_retail-thai.fifo"],
      ["queue of travel-thai", "Thailand_outbound_travel-thai.fifo"],
      ["dead letters", undefined],
    ]);
  });

  it("name sections of the runbook, as links where the market says where it is read", () => {
    const anchors = anchorsOf(readFileSync("lib/cloud/RUNBOOK.md", "utf8"));
    const named = markdown().flatMap((text) => [
      ...text.matchAll(/lib\/cloud\/RUNBOOK\.md#([a-z-]+)/g),
    ]);
    expect(named.length).toBeGreaterThan(9);
    for (const [, anchor] of named) expect(anchors).toContain(anchor);
    const linked = widgetsOf(synthesize("Japan"))
      .flatMap(({ properties }) => linksIn(properties.markdown ?? ""))
      .filter(({ url }) => url.startsWith("https://wiki.example.com/bridge#"));
    expect(linked.map(({ url }) => url.split("#")[1])).toEqual(named.map(([, anchor]) => anchor));
  });
});

describe("a market of as many brands as CloudFormation takes", () => {
  it("stays within what CloudWatch shows in a widget and on a dashboard", () => {
    const BRANDS = 24;
    const brands = Array.from({ length: BRANDS }, (_, index) => [`b${index}`, { brand: "B" }]);
    const markets = parseMarkets({
      Large: {
        awsRegion: "ap-southeast-1",
        genesysRegion: "ap-southeast-1",
        brands: Object.fromEntries(brands),
      },
    });
    const app = withoutTraces(() => buildApp({ markets, context: WITHOUT_BUNDLING }));
    try {
      const large = templateOf(app, "Large");
      const widgets = widgetsOf(large);
      const metrics = widgets.map(({ properties }) => properties.metrics?.length ?? 0);
      expect(Math.max(...metrics)).toBeLessThanOrEqual(500);
      expect(metrics.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(2_500);
      const alarms = widgets.flatMap(({ properties }) => properties.alarms?.length ?? []);
      expect(alarms.reduce((sum, count) => sum + count)).toBe(12 + BRANDS * 12);
      expect(Math.max(...alarms)).toBeLessThanOrEqual(100);
    } finally {
      rmSync(app.outdir, { recursive: true, force: true });
    }
  });
});

describe("a market that wants no dashboard", () => {
  it("has none, with the same alarms and no output that leads to one", () => {
    const markets = parseMarkets({
      Plain: {
        awsRegion: "ap-southeast-1",
        genesysRegion: "ap-southeast-1",
        dashboard: false,
        brands: { one: { brand: "One" }, two: { brand: "Two" } },
      },
    });
    const app = withoutTraces(() => buildApp({ markets, context: WITHOUT_BUNDLING }));
    try {
      const plain = templateOf(app, "Plain");
      plain.resourceCountIs("AWS::CloudWatch::Dashboard", 0);
      plain.resourceCountIs("AWS::CloudWatch::Alarm", 12 + 2 * 12);
      const outputs = Object.keys(plain.toJSON().Outputs);
      expect(outputs.filter((name) => name.includes("Dashboard"))).toEqual([]);
    } finally {
      rmSync(app.outdir, { recursive: true, force: true });
    }
  });
});
