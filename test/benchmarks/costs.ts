/**
 * Calculates what AWS costs, from the template and from what one message takes, and prints the tables of
 * lib/cloud/COSTS.md. `--json FILE` writes the figures. `--measure` also runs a market here for two minutes and fails
 * where bytes, metrics or put-offs are others than test/benchmarks/costs/counts.ts says.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  LOGGED_BYTES,
  ORDINARY_METRICS,
  PUT_OFF_BYTES,
  PUT_OFFS_OF_A_MESSAGE,
  SENT_BYTES,
  SHARE_PUT_OFF,
} from "./costs/counts.ts";
import { measureLogs } from "./costs/measure.ts";
import { measureBytesOut } from "./costs/measure-bytes-out.ts";
import { PRICES } from "./costs/prices.ts";
import { calculateCosts, fixedTable, messageTable } from "./costs/tables.ts";

/** Of 1. Ids and times change in length. */
const TOLERATED = 0.1;
/** How often a message is put off depends on this machine, too. */
const TOLERATED_PUT_OFFS = 0.5;

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
  const sent = await measureBytesOut();
  const { bytes, metrics, putOffs } = await measureLogs();
  const hourly = ORDINARY_METRICS.quietBrand;
  const expected = {
    market: ORDINARY_METRICS.market.toSorted(),
    brand: ORDINARY_METRICS.brand.filter((name) => !hourly.includes(name)).toSorted(),
  };
  process.stdout.write(`\nMeasured: ${JSON.stringify({ sent, bytes, putOffs })}\n`);
  const off = (what: string, found: number, noted: number, tolerated = TOLERATED) =>
    Math.abs(found - noted) > tolerated * Math.max(noted, 1)
      ? [`${what}: ${found}, and not ${noted}: correct test/benchmarks/costs/counts.ts`]
      : [];
  return [
    ...Object.entries(bytes).flatMap(([service, found]) =>
      off(`log bytes of ${service}`, found, LOGGED_BYTES[service] ?? 0),
    ),
    ...Object.entries(sent).flatMap(([service, found]) =>
      off(`bytes that ${service} sends`, found, SENT_BYTES[service] ?? 0),
    ),
    ...off("bytes of a put-off", putOffs.bytes, PUT_OFF_BYTES),
    ...off("put-offs", putOffs.ofAMessage, PUT_OFFS_OF_A_MESSAGE, TOLERATED_PUT_OFFS),
    ...off("share of what is put off", putOffs.share, SHARE_PUT_OFF),
    ...(JSON.stringify(metrics) === JSON.stringify(expected)
      ? []
      : [`metrics: ${JSON.stringify(metrics)}, and not ${JSON.stringify(expected)}`]),
  ];
}
