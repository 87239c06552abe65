import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import {
  genesysSecretName,
  lineSecretName,
} from "../../../lambdas/shared/contract/secret-names.ts";
import { startTroubledPlatforms } from "../troubled-platforms.ts";

const MARKET = "Thailand";
const REGION = "ap-southeast-1";
const SERVERS = ["line-api", "line-data-api", "genesys-api", "genesys-login"];
const PROGRAM = fileURLToPath(new URL("../../../bin/local.ts", import.meta.url));

const ready = z.object({ gateway: z.string(), aws: z.object({ secretsManager: z.string() }) });

/** The local stack as `npm start` runs it, in a process of its own, between servers that answer at once. */
export interface RunningStack {
  pid: number;
  gateway: string;
  /** When each message arrived, in ms, by its text. */
  arrived: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** With one brand, and without a limit of requests that these loads could reach. */
export async function startStack(brand: string): Promise<RunningStack> {
  const directory = mkdtempSync(join(tmpdir(), "line-genesys-load-"));
  const platforms = await startTroubledPlatforms(() => brand);
  const file = join(directory, "markets.json");
  const regions = { awsRegion: REGION, genesysRegion: REGION, requestsPerMinute: 100_000 };
  writeFileSync(file, JSON.stringify({ [MARKET]: { ...regions, brands: { [brand]: { brand } } } }));
  const flags = SERVERS.flatMap((server) => [`--${server}`, platforms.origin]);
  const args = [PROGRAM, "--json", "--port", "0", "--no-console", "--markets", file, ...flags];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (text) => {
    errors = `${errors}${text}`.slice(-10_000);
  });
  const ended = once(child, "close");
  const close = async () => {
    child.kill();
    await ended;
    await platforms.close();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const failed = ended.then(() => Promise.reject(new Error(`The stack has ended:\n${errors}`)));
    const [line] = await Promise.race([once(createInterface(child.stdout), "line"), failed]);
    const { gateway, aws } = ready.parse(JSON.parse(line));
    await storeSecrets(aws.secretsManager, brand);
    return { pid: child.pid ?? 0, gateway, arrived: platforms.arrived, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What post.ts signs with. */
async function storeSecrets(endpoint: string, brand: string): Promise<void> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new SecretsManagerClient({ endpoint, region: REGION, credentials });
  const secrets = {
    [lineSecretName(MARKET, brand)]: { channelId: `${brand}-channel`, channelSecret: "secret" },
    [genesysSecretName(MARKET, brand)]: {
      clientId: `${brand}-client`,
      clientSecret: "secret",
      integrationId: `${brand}-integration`,
      webhookSecret: "secret",
    },
  };
  for (const [SecretId, value] of Object.entries(secrets)) {
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) }));
  }
  client.destroy();
}
