import { INBOUND_FLOW } from "../../../lib/local/inbound-flow.ts";
import { type LocalRun, startLocalRun } from "../../../lib/local/local-run.ts";
import { readOptions } from "../../../lib/local/options.ts";
import type { Interfere } from "../../../lib/local/simulators/simulator-server.ts";
import type { Clock } from "../../../lib/operator/clock.ts";
import type { GivenCredentials } from "../../../lib/operator/credentials/given-credentials.ts";
import { type BrandStack, readStack, type Stack } from "../../../lib/operator/market/stack.ts";
import { localTarget, type Target } from "../../../lib/operator/market/target.ts";
import { setUp } from "../../../lib/operator/set-up/set-up.ts";
import { temporaryDirectory } from "../local/temporary-directory.ts";
import { recordingTerminal } from "./recording-terminal.ts";

/** A market that runs here, as a command of the operator finds it. */
export interface LocalMarket {
  run: LocalRun;
  target: Target;
  stack: Stack;
  /** Its `sleep` takes no time and moves the platforms' clocks on. */
  clock: Clock;
  /** Stands before a platform while it is set. */
  interfere: { line?: Interfere | undefined; genesys?: Interfere | undefined };
  /** A brand that no other test has used: the functions keep what they know of a brand's secrets. */
  freshBrand(): BrandStack;
  /** Two brands that are set up. */
  brandsInUse(): Promise<readonly [BrandStack, BrandStack]>;
  /** What the consoles of the platforms show. */
  credentialsOf(brand: BrandStack): Required<Omit<GivenCredentials, "lineChannelAccessToken">>;
  close(): Promise<void>;
}

const BRANDS = 24;

/** Longer than set-up looks once. */
const CREATION_MS = 7_000;

/** Starts a market of the brands `shop-1` and so on, as it is after its first deployment. */
export async function startLocalMarket(): Promise<LocalMarket> {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const clock: Clock = {
    now: Date.now,
    sleep: async (milliseconds) => {
      ahead += milliseconds;
    },
  };
  const interfere: LocalMarket["interfere"] = {};
  const run = await startRun({
    line: { now, interfere: (request, pass) => interfere.line?.(request, pass) ?? pass() },
    genesys: {
      now,
      interfere: (request, pass) => interfere.genesys?.(request, pass) ?? pass(),
      creationMilliseconds: CREATION_MS,
    },
  });
  const target = withoutWaiting(localTarget(run.runFile));
  const stack = await readStack(target);
  const unused = [...stack.brands];

  function freshBrand(): BrandStack {
    const brand = unused.shift();
    if (brand === undefined) throw new Error("every brand is in use: start with more");
    return brand;
  }

  function credentialsOf({ key }: BrandStack) {
    const { line, genesys } = run.ready.brands[key] ?? {};
    const { provisioning } = run.ready;
    if (line === undefined || genesys === undefined || provisioning === undefined) {
      throw new Error(`nothing is known of ${key}`);
    }
    return {
      lineChannelId: line.channelId,
      lineChannelSecret: line.channelSecret,
      genesysClientId: genesys.clientId,
      genesysClientSecret: genesys.clientSecret,
      genesysProvisioningClientId: provisioning.clientId,
      genesysProvisioningClientSecret: provisioning.clientSecret,
    };
  }

  async function setUpNext(): Promise<BrandStack> {
    const brand = freshBrand();
    const flow = INBOUND_FLOW.name;
    const options = { brand: brand.key, given: credentialsOf(brand), flow };
    const { ok } = await setUp(target, options, recordingTerminal(), clock);
    if (!ok) throw new Error(`${brand.key} could not be set up`);
    return brand;
  }

  let inUse: readonly [BrandStack, BrandStack] | undefined;
  return {
    run,
    target,
    stack,
    clock,
    interfere,
    freshBrand,
    async brandsInUse() {
      inUse ??= [await setUpNext(), await setUpNext()];
      return inUse;
    },
    credentialsOf,
    async close() {
      for (const client of Object.values(target.aws)) client.destroy();
      await run.close();
    },
  };
}

async function startRun(surroundings: Parameters<typeof startLocalRun>[3]): Promise<LocalRun> {
  const keys = Array.from({ length: BRANDS }, (_, index) => `shop-${index + 1}`);
  const market = {
    awsRegion: "ap-southeast-1",
    genesysRegion: "ap-northeast-1",
    alarmEmail: "operations@example.com",
    brands: Object.fromEntries(
      keys.map((key) => [key, { brand: `Brand of ${key}`, groups: "bridge" }]),
    ),
  };
  const files = temporaryDirectory({ "markets.json": JSON.stringify({ Testland: market }) });
  const flags = ["--port", "0", "--no-console", "--empty-secrets"];
  const hooks = {
    onTraffic: () => {},
    onRequest: () => {},
    onLog: () => {},
    onFailure: (error: Error) => {
      throw error;
    },
  };
  try {
    const options = readOptions([...flags, "--markets", `${files.path}/markets.json`]);
    return await startLocalRun(options, hooks, undefined, surroundings);
  } finally {
    files.remove();
  }
}

/** Here SQS is one server, which knows at once whether a queue is empty. */
export function withoutWaiting(target: Target): Target {
  target.aws.sqs.middlewareStack.add(
    (next) => (args) =>
      next(
        "WaitTimeSeconds" in args.input
          ? { ...args, input: { ...args.input, WaitTimeSeconds: 0 } }
          : args,
      ),
    { step: "initialize" },
  );
  return target;
}
