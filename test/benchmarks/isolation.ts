/**
 * One brand's trouble beside another brand: brand A gets many messages at once or its platform is in
 * trouble, brand B sends a message a second. What B notices of it, and how soon after an outage A's own messages
 * arrive:
 *
 *     npm run bench:isolation -- [--short] [--row <part of a name>] [--seconds 60]
 *
 * Ends with 1 where a p95 is above what is promised, or a message has not arrived. The short run takes some
 * rows of B, and 5 s for the promise of each: other work on the machine is no fault of the bridge.
 */
import { parseArgs } from "node:util";
import { RECOVERIES, ROWS } from "./isolation-rows.ts";
import { measureIsolation } from "./measure-isolation.ts";
import { measureRecovery } from "./measure-recovery.ts";
import type { Measured } from "./measured.ts";

const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    row: { type: "string", default: "" },
    seconds: { type: "string" },
  },
});
const seconds = Number(values.seconds ?? (values.short ? 15 : 60));
const isChosen = ({ name }: { name: string }) => name.includes(values.row);
const rows = ROWS.filter((row) => isChosen(row) && (row.isShort || !values.short));
const recoveries = values.short ? [] : RECOVERIES.filter(isChosen);

/** Without isolation B waits 15 to 98 s. */
const SHORT_REACH_MS = 5_000;
const HEAD = ["p50", "p95", "max", "not delivered", "promised p95"];
const WIDTHS = [42, 9, 9, 9, 14, 12];
let isWithinReach = true;
if (rows.length > 0) print(["B, beside this trouble of A", ...HEAD]);
for (const row of rows) {
  const reachMs = values.short ? SHORT_REACH_MS : row.reachMs;
  report(row, await measureIsolation(row, seconds), reachMs);
}
if (recoveries.length > 0) print(["A, after its own outage", ...HEAD]);
for (const row of recoveries) report(row, await measureRecovery(row), row.reachMs);
process.exit(isWithinReach ? 0 : 1);

function report(
  { name, from }: { name: string; from: string },
  { p50, p95, max, sent, missing }: Measured,
  reachMs: number,
): void {
  const isGood = p95 <= reachMs && missing === 0;
  isWithinReach &&= isGood;
  const times = [p50, p95, max].map((ms) => `${(ms / 1_000).toFixed(2)} s`);
  const verdict = `${reachMs / 1_000} s${isGood ? "" : "  missed"}`;
  print([`${name} (${from})`, ...times, `${missing} of ${sent}`, verdict]);
}

function print(cells: readonly string[]): void {
  const line = cells.map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0)).join(" ");
  process.stdout.write(`${line.trimEnd()}\n`);
}
