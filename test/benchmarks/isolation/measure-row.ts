import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  genesysSecretName,
  lineSecretName,
} from "../../../lambdas/shared/contract/secret-names.ts";
import { startLocalRun } from "../../../lib/local/local-run.ts";
import { readOptions } from "../../../lib/local/options.ts";
import { postAgentsMessage, postCustomersMessage, type Sent } from "./post.ts";
import type { Row } from "./rows.ts";
import { startTroubledPlatforms } from "./troubled-platforms.ts";

export interface Measured {
  /** From the webhook to the other platform, in ms. */
  p50: number;
  p95: number;
  max: number;
  sent: number;
  /** Of brand B, at the end of the window and five seconds. */
  missing: number;
}

const MARKET = "Thailand";
const [A, B] = ["a", "b"] as const;
/** As AWS would run at 300 requests a minute: four batches of each brand's queue at a time. */
const PROCESSES = { webhook: 4, consumer: 8 };
const WARM_UP = 40;
const SETTLE_MS = 5_000;
/** LINE and Genesys Cloud do not send all webhooks of a burst in one moment. */
const AT_A_TIME = 20;

/** Runs the bridge between servers of its own, with brand A in trouble, and measures brand B for so many seconds. */
export async function measureRow(row: Row, seconds: number): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), "line-genesys-isolation-"));
  const platforms = await startTroubledPlatforms((credential) => credential.split("-")[0] ?? "");
  const marketsFile = join(directory, "markets.json");
  const brands = { [A]: { brand: "A" }, [B]: { brand: "B" } };
  const regions = { awsRegion: "ap-southeast-1", genesysRegion: "ap-southeast-1" };
  writeFileSync(marketsFile, JSON.stringify({ [MARKET]: { ...regions, brands } }));
  const { origin } = platforms;
  const servers = ["line-api", "line-data-api", "genesys-api", "genesys-login"];
  const flags = servers.flatMap((server) => [`--${server}`, origin]);
  const nothing = () => undefined;
  const run = await startLocalRun(
    readOptions(["--port", "0", "--no-console", "--markets", marketsFile, ...flags]),
    { onTraffic: nothing, onRequest: nothing, onLog: nothing, onFailure: nothing },
    undefined,
    { processes: PROCESSES },
  );
  try {
    for (const brand of [A, B]) {
      const client = row.isShared ? `${A}-client` : `${brand}-client`;
      run.stack.secrets.put(
        lineSecretName(MARKET, brand),
        JSON.stringify({ channelId: `${brand}-channel`, channelSecret: "secret" }),
      );
      run.stack.secrets.put(
        genesysSecretName(MARKET, brand),
        JSON.stringify({
          clientId: client,
          clientSecret: "secret",
          integrationId: `${brand}-integration`,
          webhookSecret: "secret",
        }),
      );
    }
    const gateway = run.ready.gateway;
    const post = row.from === "customers" ? postCustomersMessage : postAgentsMessage;
    // Processes and tokens are there before the trouble comes, and a minute's first turns are used.
    await inTurn(WARM_UP, (n) => {
      const brand = n % 2 === 0 ? A : B;
      return post(gateway, { brand, customer: 100_000 + n, number: 100_000 + n, kind: "text" });
    });
    await delay(SETTLE_MS);
    platforms.troubles.set(A, row.trouble ?? {});
    const burst = inTurn(row.customers * (row.perCustomer ?? 1), (n) =>
      post(gateway, {
        brand: A,
        customer: Math.floor(n / (row.perCustomer ?? 1)),
        number: n,
        kind: row.kind ?? "text",
      }),
    );
    const sent: Sent[] = [];
    for (let second = 0; second < seconds; second += 1) {
      const number = second;
      sent.push({ mark: `#${B}-${number}`, at: Date.now() });
      void post(gateway, { brand: B, customer: number % 10, number, kind: "text" });
      await delay(1_000);
    }
    await burst;
    await delay(SETTLE_MS);
    return measured(sent, platforms.arrived);
  } finally {
    await run.close();
    await platforms.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function inTurn(count: number, act: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) {
      next += 1;
      await act(next - 1);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
}

function measured(sent: readonly Sent[], arrived: ReadonlyMap<string, number>): Measured {
  const times = sent
    .map(({ mark, at }) => (arrived.get(mark) ?? Number.POSITIVE_INFINITY) - at)
    .toSorted((one, other) => one - other);
  const quantile = (share: number) =>
    times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? 0;
  return {
    p50: quantile(0.5),
    p95: quantile(0.95),
    max: times.at(-1) ?? 0,
    sent: times.length,
    missing: times.filter((time) => !Number.isFinite(time)).length,
  };
}
