import type { Direction } from "./counts.ts";
import { type FixedUnits, fixedCosts, fixedUnits, total } from "./fixed-costs.ts";
import { marketResources } from "./market-template.ts";
import { messageCosts, messageUnits } from "./message-costs.ts";
import { PRICES } from "./prices.ts";

const BRANDS = [1, 2, 10] as const;
type Region = keyof typeof PRICES;
const REGIONS = ["Singapore", "Tokyo"] as const satisfies Region[];
const DIRECTIONS: Direction[] = ["customers", "agents", "backlog"];

/** All that lib/cloud/COSTS.md tells of AWS, in USD. */
export function calculateCosts() {
  const withDashboard = new Map(BRANDS.map((brands) => [brands, marketResources(brands)]));
  const one = withDashboard.get(1) ?? [];
  const fixed = BRANDS.map((brands) => {
    const units = fixedUnits(withDashboard.get(brands) ?? [], brands);
    const without = fixedUnits(marketResources(brands, { dashboard: false }), brands);
    const monthly = (some: FixedUnits, month: "busy" | "quiet") =>
      Object.fromEntries(
        REGIONS.map((region) => [region, total(fixedCosts(some, PRICES[region], month))]),
      );
    return {
      brands,
      units,
      costs: fixedCosts(units, PRICES.Singapore, "busy"),
      busy: monthly(units, "busy"),
      quiet: monthly(units, "quiet"),
      withoutDashboard: { busy: monthly(without, "busy"), quiet: monthly(without, "quiet") },
    };
  });
  const messages = DIRECTIONS.map((direction) => {
    const units = messageUnits(one, direction);
    const costs = Object.fromEntries(
      REGIONS.map((region) => [region, messageCosts(units, PRICES[region])]),
    ) as Record<Region, ReturnType<typeof messageCosts>>;
    return { direction, units, costs };
  });
  return { fixed, messages };
}

export type CalculatedCosts = ReturnType<typeof calculateCosts>;

/** One number for each column, or one for all where they are the same. */
const counted = (numbers: number[], digits: number) => {
  const told = numbers.map((each) => each.toLocaleString("en", { maximumFractionDigits: digits }));
  return new Set(told).size === 1 ? (told[0] ?? "") : told.join(" / ");
};
const cents = (usd: number) => usd.toFixed(2);
const fine = (usd: number) => usd.toFixed(4);
const row = (...cells: string[]) => `| ${cells.join(" | ")} |`;

/** A month's costs of a market, as a table of the page. */
export function fixedTable({ fixed }: CalculatedCosts): string {
  const price = PRICES.Singapore;
  const of = (what: keyof (typeof fixed)[number]["costs"]) =>
    fixed.map(({ costs }) => cents(costs[what]));
  const counts = (read: (units: FixedUnits) => number) =>
    counted(
      fixed.map(({ units }) => read(units)),
      1,
    );
  const sums = (read: (each: (typeof fixed)[number]) => Record<string, number>, region: Region) =>
    fixed.map((each) => `**${cents(read(each)[region] ?? 0)}**`);
  return [
    row("a month, USD", ...BRANDS.map((brands) => `${brands} brand${brands === 1 ? "" : "s"}`)),
    row("---", ...BRANDS.map(() => "---")),
    row(
      `alarms, ${counts((units) => units.alarmMetrics)} metrics at ${cents(price.alarmMetric.usd)}`,
      ...of("alarms"),
    ),
    row(
      `metrics, ${counts((units) => units.metrics.busy)} at ${cents(price.metric.usd)}`,
      ...of("metrics"),
    ),
    row("dashboard, which can be left out", ...of("dashboard")),
    row(
      `secrets, ${counts((units) => units.secrets)} at ${cents(price.secret.usd)}`,
      ...of("secrets"),
    ),
    row(
      `reads of secrets, ${counts((units) => units.secretReads.busy / 1_000)} thousand at ${cents(price.secretReads.usd)} a million`,
      ...of("secretReads"),
    ),
    row(
      `empty receives of Lambda, ${counts((units) => units.queueRequests / 1e6)} million at ${cents(price.queueRequests.usd)}`,
      ...of("polling"),
    ),
    row("hourly check", ...of("hourlyCheck")),
    row("**AWS**", ...sums(({ busy }) => busy, "Singapore")),
    row(
      "without the dashboard",
      ...sums(({ withoutDashboard }) => withoutDashboard.busy, "Singapore"),
    ),
    row("when nobody writes", ...sums(({ quiet }) => quiet, "Singapore")),
    row(
      "when nobody writes, without the dashboard",
      ...sums(({ withoutDashboard }) => withoutDashboard.quiet, "Singapore"),
    ),
  ].join("\n");
}

/** The costs of 1,000 messages, as a table of the page. */
export function messageTable({ messages }: CalculatedCosts): string {
  const price = PRICES.Singapore;
  const of = (what: keyof (typeof messages)[number]["costs"]["Singapore"]) =>
    messages.map(({ costs }) => fine(costs.Singapore[what]));
  const counts = (read: (units: (typeof messages)[number]["units"]) => number, digits = 0) =>
    counted(
      messages.map(({ units }) => read(units)),
      digits,
    );
  const sums = (region: Region) =>
    messages.map(({ costs }) => `**${total(costs[region]).toFixed(4)}**`);
  return [
    row(
      "1,000 messages of one text each, USD",
      "from customers",
      "from agents",
      "from customers, in a backlog",
    ),
    row("---", ...messages.map(() => "---")),
    row(
      `HTTP API, ${counts((units) => units.httpRequests)} requests at ${price.httpApi.usd} a million`,
      ...of("httpApi"),
    ),
    row(
      `Lambda, ${counts((units) => units.invocations)} invocations at ${cents(price.invocations.usd)} a million`,
      ...of("invocations"),
    ),
    row(
      `Lambda, ${counts((units) => units.gigabyteSeconds)} GB-seconds at ${price.gigabyteSecond.usd.toFixed(7)} (arm64), starts included`,
      ...of("time"),
    ),
    row(
      `SQS FIFO, ${counts((units) => units.queueRequests)} requests at ${cents(price.queueRequests.usd)} a million`,
      ...of("queues"),
    ),
    row(
      `DynamoDB on demand, ${counts((units) => units.tableWrites)} writes at ${price.tableWrites.usd} a million; ${counts((units) => units.tableReads)} reads at ${price.tableReads.usd}`,
      ...of("table"),
    ),
    row(
      `CloudWatch Logs, ${counts((units) => units.logBytes / 1e6, 1)} MB at ${cents(price.logs.usd)} a GB`,
      ...of("logs"),
    ),
    row(
      `data out, ${counts((units) => units.bytesOut / 1e6, 1)} MB at ${cents(price.dataOut.usd)} a GB`,
      ...of("dataOut"),
    ),
    row("**AWS**", ...sums("Singapore")),
    row("**AWS, in Tokyo**", ...sums("Tokyo")),
  ].join("\n");
}
