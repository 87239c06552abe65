/**
 * Calculates what AWS costs, from the template and from what one message takes, and prints the tables of
 * lib/cloud/COSTS.md. `--json FILE` writes the figures. `--measure` also invokes the functions and runs a market here for
 * some minutes, and fails where test/benchmarks/costs/counts.ts says something else.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import { COUNTS, ORDINARY_METRICS } from "./costs/counts.ts";
import { measureBacklog } from "./costs/measure-backlog.ts";
import { measureBytesOut } from "./costs/measure-bytes-out.ts";
import { measureDurations, slowedBy } from "./costs/measure-durations.ts";
import { measureLogs } from "./costs/measure-logs.ts";
import { PRICES } from "./costs/prices.ts";
import { calculateCosts, fixedTable, messageTable } from "./costs/tables.ts";

/** Of 1. Ids and times change in length. */
const TOLERATED_BYTES = 0.1;
/** How long it takes, and what is put off how often, also depends on the machine. */
const TOLERATED = 0.25;

const { values } = parseArgs({
  options: { json: { type: "string" }, measure: { type: "boolean", default: false } },
});
const costs = calculateCosts();
process.stdout.write(`${fixedTable(costs)}\n\n${messageTable(costs)}\n`);
const faults = values.measure ? await measuredFaults() : [];
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ ...costs, prices: PRICES, faults }, null, 2)}\n`);
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** A sentence for each count that is off. */
async function measuredFaults(): Promise<string[]> {
  const durations = await measureDurations();
  const sent = await measureBytesOut();
  const logs = await measureLogs();
  const backlog = await measureBacklog();
  process.stdout.write(
    `\nMeasured: ${JSON.stringify({ durations, sent, bytes: logs.bytes, backlog }, null, 2)}\n`,
  );
  return [
    ...(["customers", "agents"] as const).flatMap((direction) => {
      const { functions, sentBytes } = COUNTS[direction];
      const found = Object.keys(functions).flatMap((service) => sent[service] ?? []);
      return [
        ...off(`${direction}, bytes sent`, found[0] ?? 0, sentBytes, TOLERATED_BYTES),
        ...Object.entries(functions).flatMap(([service, { milliseconds, loggedBytes }]) => {
          const time = durations.messages[service]?.milliseconds ?? 0;
          const bytes = logs.bytes[service] ?? 0;
          return [
            ...off(`ms of ${service}`, time, milliseconds, TOLERATED),
            ...off(`log bytes of ${service}`, bytes, loggedBytes, TOLERATED_BYTES),
          ];
        }),
      ];
    }),
    ...backlogFaults(backlog, durations),
    ...metricFaults(logs.metrics),
  ];
}

function backlogFaults(
  found: Awaited<ReturnType<typeof measureBacklog>>,
  { messages, putOff }: Awaited<ReturnType<typeof measureDurations>>,
): string[] {
  const { functions, queueRequests, tableWrites, tableReads } = COUNTS.backlog;
  const noted = functions[SERVICES.worker];
  // What it computes takes longer in Lambda.
  const computed = (messages[SERVICES.worker]?.cpu ?? 0) + found.putOffs * putOff.cpu;
  const all: [what: string, found: number, noted: number][] = [
    ["requests to SQS", found.queueRequests, queueRequests],
    ["writes", found.tableWrites, tableWrites],
    ["read units", found.tableReads, tableReads],
    ["invocations", found.invocations, noted?.invocations ?? 0],
    ["ms", found.milliseconds + slowedBy(computed), noted?.milliseconds ?? 0],
    ["log bytes", found.loggedBytes, noted?.loggedBytes ?? 0],
  ];
  return all.flatMap(([what, found, noted]) => off(`backlog, ${what}`, found, noted, TOLERATED));
}

function metricFaults(found: Awaited<ReturnType<typeof measureLogs>>["metrics"]): string[] {
  const { market, brand, quietBrand: hourly } = ORDINARY_METRICS;
  const expected = {
    market: market.toSorted(),
    brand: brand.filter((name) => !hourly.includes(name)).toSorted(),
  };
  return JSON.stringify(found) === JSON.stringify(expected)
    ? []
    : [`metrics: ${JSON.stringify(found)}, and not ${JSON.stringify(expected)}`];
}

function off(what: string, found: number, noted: number, tolerated: number): string[] {
  return Math.abs(found - noted) > tolerated * noted
    ? [`${what}: ${found}, and not ${noted}: correct test/benchmarks/costs/counts.ts`]
    : [];
}
