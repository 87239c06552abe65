/**
 * One brand's trouble beside another brand: brand A gets many messages at once or its platform is in
 * trouble, brand B sends a message a second. What B notices of it:
 *
 *     npm run bench:isolation -- [--short] [--row <part of a name>] [--seconds 60]
 *
 * Ends with 1 where B's p95 is above what is promised, or a message of B has not arrived. The short run takes
 * some rows, and 5 s for the promise of each: other work on the machine is no fault of the bridge.
 */
import { parseArgs } from "node:util";
import { ROWS } from "./isolation-rows.ts";
import { measureIsolation } from "./measure-isolation.ts";

const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    row: { type: "string", default: "" },
    seconds: { type: "string" },
  },
});
const seconds = Number(values.seconds ?? (values.short ? 15 : 60));
const rows = ROWS.filter(
  ({ name, isShort }) => name.includes(values.row) && (isShort || !values.short),
);

/** Without isolation B waits 15 to 98 s. */
const SHORT_REACH_MS = 5_000;
const HEAD = ["trouble of brand A", "B's p50", "p95", "max", "not delivered", "promised p95"];
const WIDTHS = [36, 9, 9, 9, 14, 12];
print(HEAD);
let isWithinReach = true;
for (const row of rows) {
  const { p50, p95, max, sent, missing } = await measureIsolation(row, seconds);
  const reachMs = values.short ? SHORT_REACH_MS : row.reachMs;
  const isGood = p95 <= reachMs && missing === 0;
  isWithinReach &&= isGood;
  const times = [p50, p95, max].map((ms) => `${(ms / 1_000).toFixed(2)} s`);
  const verdict = `${reachMs / 1_000} s${isGood ? "" : "  missed"}`;
  print([`${row.name} (${row.from})`, ...times, `${missing} of ${sent}`, verdict]);
}
process.exit(isWithinReach ? 0 : 1);

function print(cells: readonly string[]): void {
  const line = cells.map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0)).join(" ");
  process.stdout.write(`${line.trimEnd()}\n`);
}
