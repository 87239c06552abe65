import { countAwsCalls } from "../count-aws-calls.ts";
import { counted, type Figure } from "../figures/figure.ts";

/** Calls to AWS by purpose, for each load that bench:calls sends. */
export async function calls(): Promise<Figure[]> {
  return (await countAwsCalls()).flatMap(({ from, brand, load, messages, calls: purposes }) => {
    const what = `from ${from}, ${brand}, ${load}`;
    const total = Object.values(purposes).reduce((sum, count) => sum + count, 0);
    return [
      counted("calls", what, "calls a message", total / messages),
      ...Object.entries(purposes).map(([purpose, count]) =>
        counted("calls", `${what}: ${purpose}`, "calls", count),
      ),
    ];
  });
}
