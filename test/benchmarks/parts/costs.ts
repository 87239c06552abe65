import { STARTS } from "../costs/counts.ts";
import { total } from "../costs/fixed-costs.ts";
import { PRICES } from "../costs/prices.ts";
import { calculateCosts } from "../costs/tables.ts";
import { counted, type Figure } from "../figures/figure.ts";

/** What AWS costs in Singapore and Tokyo, as bench:costs calculates it from counts. */
export async function costs(): Promise<Figure[]> {
  const { fixed, messages } = calculateCosts();
  const regions = Object.keys(PRICES) as (keyof typeof PRICES)[];
  return regions.flatMap((region) => [
    ...messages.map(({ direction, costs: usd }) =>
      counted("costs", `${region}, 1,000 messages: ${direction}`, "USD", total(usd[region])),
    ),
    ...fixed.flatMap(({ brands, busy, quiet }) => [
      counted("costs", `${region}, a month, ${named(brands)}`, "USD", busy[region] ?? Number.NaN),
      counted(
        "costs",
        `${region}, a month in which nobody writes, ${named(brands)}`,
        "USD",
        quiet[region] ?? Number.NaN,
      ),
    ]),
    counted(
      "costs",
      `${region}, the INIT phase in 1,000 invocations at 512 MB, assumed ${STARTS.ofThousand} of ${STARTS.milliseconds} ms, included above`,
      "USD",
      ((STARTS.ofThousand * STARTS.milliseconds) / 1_000) * 0.5 * PRICES[region].gigabyteSecond.usd,
    ),
  ]);
}

function named(brands: number): string {
  return `${brands} ${brands === 1 ? "brand" : "brands"}`;
}
