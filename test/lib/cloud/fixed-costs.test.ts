import { fixedCosts, fixedUnits, total } from "../../benchmarks/costs/fixed-costs.ts";
import { marketResources } from "../../benchmarks/costs/market-template.ts";
import { PRICES } from "../../benchmarks/costs/prices.ts";

const unitsOf = (brands: number, settings?: object) =>
  fixedUnits(marketResources(brands, settings), brands);

describe("what a market costs in a month, whether anybody writes or not", () => {
  it.each([1, 2, 10])("grows with %i brands by 16 alarm metrics and 6 metrics each", (brands) => {
    const units = unitsOf(brands);
    expect(units.alarmMetrics).toBeLessThanOrEqual(17 + 16 * brands);
    expect(units.metrics.busy).toBeLessThanOrEqual(2 + 6 * brands);
    expect(units.metrics.quiet).toBeLessThanOrEqual(brands);
    expect(units.secrets).toBe(1 + 2 * brands);
  });

  it.each(["Singapore", "Tokyo"] as const)(
    "in %s is at most 16 USD for two brands, and 13 without the dashboard",
    (region) => {
      const prices = PRICES[region];
      expect(total(fixedCosts(unitsOf(2), prices, "busy"))).toBeLessThanOrEqual(16);
      const plain = unitsOf(2, { dashboard: false });
      expect(total(fixedCosts(plain, prices, "busy"))).toBeLessThanOrEqual(13);
      expect(total(fixedCosts(plain, prices, "quiet"))).toBeLessThanOrEqual(9);
    },
  );
});
