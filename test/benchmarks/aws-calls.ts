/**
 * Counts the calls to AWS that messages cost, by purpose, from the webhook to the other platform:
 *
 *     npm run bench:calls -- [--json <file>]
 *
 * Every run prints the same. `test/lambdas/aws-calls.test.ts` fails when a call is added.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Counted, countAwsCalls } from "./count-aws-calls.ts";

const { values } = parseArgs({ options: { json: { type: "string" } } });
const counted = await countAwsCalls();
const withTotals = counted.map((each) => ({
  ...each,
  total: total(each),
  perMessage: total(each) / each.messages,
}));
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify(withTotals, null, 2)}\n`);

const tables = Map.groupBy(
  withTotals,
  ({ from, brand }) => `From ${from}, in a brand with ${brand}`,
);
for (const [title, columns] of tables) {
  const purposes = [...new Set(columns.flatMap(({ calls }) => Object.keys(calls)))].sort();
  print([title, ...columns.map(({ load }) => load)]);
  for (const purpose of purposes) {
    print([purpose, ...columns.map(({ calls }) => String(calls[purpose] ?? ""))]);
  }
  print(["all", ...columns.map((column) => String(column.total))]);
  print(["for a message", ...columns.map(({ perMessage }) => perMessage.toFixed(1))]);
  process.stdout.write("\n");
}

function total({ calls }: Counted): number {
  return Object.values(calls).reduce((sum, count) => sum + count, 0);
}

function print([first = "", ...cells]: readonly string[]): void {
  const line = [first.padEnd(48), ...cells.map((cell) => cell.padStart(29))].join("");
  process.stdout.write(`${line.trimEnd()}\n`);
}
