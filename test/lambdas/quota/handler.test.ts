import { createHandler } from "../../../lambdas/quota/handler.ts";
import { ConfigurationFailure, RetryableFailure } from "../../../lambdas/shared/errors.ts";

type Quota = { limit: number | undefined; used: number };

async function run(quotas: Record<string, Quota | Error>) {
  const measured: string[] = [];
  const counts: string[] = [];
  const warnings: unknown[] = [];
  await createHandler({
    brands: Object.keys(quotas),
    line: {
      quota: async (brand) => {
        const quota = quotas[brand];
        if (quota === undefined || quota instanceof Error) throw quota;
        return quota;
      },
    },
    measure: (gauge, brand, value) => measured.push(`${brand} ${gauge} ${value}`),
    count: (metric, brand) => counts.push(`${metric} ${brand}`),
    log: { info: () => {}, warn: (...entry) => warnings.push(entry), error: () => {} },
  })();
  return { measured, counts, warnings };
}

describe("the quota function", () => {
  it("tells what each account has used of its month", async () => {
    const { measured } = await run({ a: { limit: 500, used: 400 }, b: { limit: 200, used: 250 } });
    expect(measured).toEqual([
      "a QuotaUsed 400",
      "a QuotaLimit 500",
      "a QuotaUsedPercent 80",
      "b QuotaUsed 250",
      "b QuotaLimit 200",
      "b QuotaUsedPercent 125",
    ]);
  });

  it("tells no share where the plan has no limit, and all where it holds nothing", async () => {
    const { measured } = await run({
      a: { limit: undefined, used: 9 },
      b: { limit: 0, used: 0 },
    });
    expect(measured.filter((line) => line.startsWith("a"))).toEqual(["a QuotaUsed 9"]);
    expect(measured).toContain("b QuotaUsedPercent 100");
  });

  it("leaves out a brand that cannot be asked, and says why", async () => {
    const { measured, counts, warnings } = await run({
      a: new RetryableFailure("LINE answered 500."),
      b: new ConfigurationFailure("LINE refused with 403"),
      c: { limit: undefined, used: 1 },
    });
    expect(measured).toEqual(["c QuotaUsed 1"]);
    expect(counts).toEqual(["ConfigurationFailure b"]);
    expect(warnings).toHaveLength(2);
  });
});
