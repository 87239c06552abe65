import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { genesysSecretName, lineSecretName } from "../../lambdas/shared/contract/secret-names.ts";
import { startLocalRun } from "../../lib/local/local-run.ts";
import { readOptions } from "../../lib/local/options.ts";
import { startTroubledPlatforms, type TroubledPlatforms } from "./troubled-platforms.ts";

export const [A, B] = ["a", "b"] as const;

/** The bridge with brands A and B between servers that can be in trouble. */
export interface TwoBrands {
  gateway: string;
  platforms: TroubledPlatforms;
  close(): Promise<void>;
}

const MARKET = "Thailand";
const SERVERS = ["line-api", "line-data-api", "genesys-api", "genesys-login"];

/** Starts as many processes as AWS would run at 300 requests a minute: four batches of each queue at a time. */
export async function startTwoBrands(options: {
  /** Both brands use one OAuth client of Genesys Cloud. */
  isShared?: boolean;
  requestsPerMinute?: number;
}): Promise<TwoBrands> {
  const { isShared = false, requestsPerMinute = 300 } = options;
  const directory = mkdtempSync(join(tmpdir(), "line-genesys-two-brands-"));
  // Credentials begin with the key of their brand.
  const platforms = await startTroubledPlatforms((credential) => credential.split("-")[0] ?? "");
  const marketsFile = join(directory, "markets.json");
  const brands = { [A]: { brand: "A" }, [B]: { brand: "B" } };
  const regions = { awsRegion: "ap-southeast-1", genesysRegion: "ap-southeast-1" };
  writeFileSync(
    marketsFile,
    JSON.stringify({ [MARKET]: { ...regions, requestsPerMinute, brands } }),
  );
  const flags = SERVERS.flatMap((server) => [`--${server}`, platforms.origin]);
  const nothing = () => undefined;
  const run = await startLocalRun(
    readOptions(["--port", "0", "--no-console", "--markets", marketsFile, ...flags]),
    { onTraffic: nothing, onRequest: nothing, onLog: nothing, onFailure: nothing },
    undefined,
    { processes: { webhook: 4, consumer: 8 } },
  );
  for (const brand of [A, B]) {
    const line = { channelId: `${brand}-channel`, channelSecret: "secret" };
    const genesys = {
      clientId: `${isShared ? A : brand}-client`,
      clientSecret: "secret",
      integrationId: `${brand}-integration`,
      webhookSecret: "secret",
    };
    run.stack.secrets.put(lineSecretName(MARKET, brand), JSON.stringify(line));
    run.stack.secrets.put(genesysSecretName(MARKET, brand), JSON.stringify(genesys));
  }
  return {
    gateway: run.ready.gateway,
    platforms,
    async close() {
      await run.close();
      await platforms.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
