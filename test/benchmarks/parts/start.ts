import { comparedTo, type Figure, measured } from "../figures/figure.ts";
import { measureStarts } from "../start/measure-starts.ts";
import { STOCK } from "../start/prepare-starts.ts";
import { MEASURES } from "../start/summary.ts";

const RUNS = 5;
/** Of the measures of bench:start: times of a processor, which depend least on what else the machine does. */
const CHOSEN = ["load", "first", "second", "to the first answer"];

/** The start of each function in fresh processes, and of two floors: an empty handler, and a stock SQS client. */
export async function start(): Promise<Figure[]> {
  const all = await measureStarts({ runs: { full: RUNS, slowed: 0 }, only: [], before: undefined });
  return CHOSEN.flatMap((what) => {
    const rows = all.map(({ name, times }) => {
      const values = times.full.map((each) => MEASURES[what]?.of(each) ?? Number.NaN);
      return measured("start", `${name}, ${what}`, "ms", values);
    });
    const floor = rows.find(({ name }) => name.startsWith(STOCK));
    return rows.map((row) => (floor === undefined ? row : comparedTo(row, floor)));
  });
}
