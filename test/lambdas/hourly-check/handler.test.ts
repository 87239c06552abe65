import { createHandler } from "../../../lambdas/hourly-check/handler.ts";
import {
  ConfigurationFailure,
  RetryableFailure,
} from "../../../lambdas/shared/failures/failures.ts";
import { brandLog, type Log } from "../../../lambdas/shared/function/log.ts";
import { SecretFault } from "../../../lambdas/shared/secrets/secret-fault.ts";

type Quota = { limit: number | undefined; used: number };

async function run(
  quotas: Record<string, Quota | Error>,
  signIn: (brand: string) => Promise<void> = async () => undefined,
  keepReporting: (() => Promise<void>)[] = [],
) {
  const measured: string[] = [];
  const counts: string[] = [];
  const warnings: unknown[] = [];
  const infos: unknown[] = [];
  const log: Log = {
    info: (...entry) => infos.push(entry),
    warn: (...entry) => warnings.push(entry),
    error: () => {},
  };
  const run = createHandler({
    brands: Object.entries(quotas).map(([brand, quota]) => ({
      line: {
        quota: async () => {
          if (quota instanceof Error) throw quota;
          return quota;
        },
      },
      signIn: () => signIn(brand),
      measure: (gauge, value) => measured.push(`${brand} ${gauge} ${value}`),
      count: (metric) => counts.push(`${metric} ${brand}`),
      log: brandLog(log, brand),
    })),
    keepReporting,
    log,
  });
  const failure = await run().then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { measured, counts, warnings, infos, failure };
}

describe("the hourly check", () => {
  it("tells what each account has used of its month", async () => {
    const quotas = { a: { limit: 500, used: 400 }, b: { limit: 200, used: 250 } };
    const { measured, infos } = await run(quotas);
    expect(infos).toEqual([
      ["LINE's messages of this month", { brand: "a", ...quotas.a }],
      ["LINE's messages of this month", { brand: "b", ...quotas.b }],
    ]);
    expect(measured).toEqual(["a QuotaUsedPercent 80", "b QuotaUsedPercent 125"]);
  });

  it("tells that nothing is used up where the plan has no limit, and all where it holds nothing", async () => {
    const { measured } = await run({
      a: { limit: undefined, used: 9 },
      b: { limit: 0, used: 0 },
    });
    expect(measured).toEqual(["a QuotaUsedPercent 0", "b QuotaUsedPercent 100"]);
  });

  it("leaves out a brand that cannot be asked, says why, and fails so that it is tried again", async () => {
    const { measured, counts, warnings, failure } = await run({
      a: new RetryableFailure("LINE answered 500."),
      b: new ConfigurationFailure("line", "LINE refused with 403"),
      c: { limit: undefined, used: 1 },
    });
    expect(measured).toEqual(["c QuotaUsedPercent 0"]);
    expect(counts).toEqual(["LineAccessRefused b"]);
    expect(warnings).toMatchObject([
      ["Could not get the quota", { brand: "a" }],
      ["Could not get the quota", { brand: "b" }],
    ]);
    expect(failure).toBe("1 checks could not be made.");
  });

  it("asks about every dead-letter queue, also where one cannot be asked, and is then tried again", async () => {
    const asked: string[] = [];
    const { warnings, counts, failure } = await run({ a: { limit: 1, used: 0 } }, undefined, [
      async () => {
        asked.push("inbound");
        throw new Error("SQS does not answer");
      },
      async () => void asked.push("outbound"),
    ]);
    expect(asked).toEqual(["inbound", "outbound"]);
    expect(warnings).toMatchObject([["Could not ask about a dead-letter queue", {}]]);
    expect(counts).toEqual([]);
    expect(failure).toBe("1 checks could not be made.");
  });

  it("counts what Genesys Cloud refuses and secrets that cannot be used, each for its brand", async () => {
    const failures: Record<string, Error> = {
      a: new ConfigurationFailure("genesys", "Genesys login refused the OAuth client with 400."),
      b: new SecretFault("The secret Thailand/b/genesys still holds its placeholder."),
    };
    const quota = { limit: undefined, used: 1 };
    const { measured, counts, warnings, failure } = await run(
      { a: quota, b: quota, c: quota },
      async (brand) => {
        const failure = failures[brand];
        if (failure !== undefined) throw failure;
      },
    );
    expect(measured).toHaveLength(3);
    expect(counts).toEqual(["GenesysAccessRefused a", "SecretFault b"]);
    expect(warnings).toHaveLength(2);
    // Another try would not fix it, and it has an alarm of its own.
    expect(failure).toBeUndefined();
  });
});
