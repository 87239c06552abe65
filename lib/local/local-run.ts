import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { genesysSecretName, lineSecretName } from "../../lambdas/shared/names.ts";
import { buildApp, stackName } from "../cloud/app.ts";
import { type Market, type Markets, readMarkets } from "../markets.ts";
import type { InterfereWithAws } from "./aws/interfere-with-aws.ts";
import { type ConsoleServer, startConsole } from "./console/console.ts";
import { newLineChannel, newOpenIntegration } from "./credentials.ts";
import type { GatewayRequest } from "./gateway/gateway.ts";
import type { OnLog } from "./log-line.ts";
import { type LocalOptions, UsageError } from "./options.ts";
import type { Ready } from "./ready.ts";
import { serverUrls } from "./server-urls.ts";
import {
  type GenesysCloud,
  type OpenIntegration,
  startGenesysCloud,
} from "./simulators/genesys/genesys-cloud.ts";
import {
  type LineChannel,
  type LinePlatform,
  startLinePlatform,
} from "./simulators/line/line-platform.ts";
import type { OnTraffic, Traffic } from "./simulators/traffic.ts";
import { runStack, type StackRun } from "./stack-run.ts";

const CDK_JSON = new URL("../../cdk.json", import.meta.url);

export interface LocalRunHooks {
  onTraffic: OnTraffic;
  onRequest: (request: GatewayRequest) => void;
  onLog: OnLog;
  /** The run is of no use any more. */
  onFailure: (error: Error) => void;
}

/** How the world around the bridge behaves where a test wants it otherwise. */
export interface Surroundings {
  line?: Omit<Parameters<typeof startLinePlatform>[0], "channels" | "onTraffic" | "port">;
  genesys?: Omit<Parameters<typeof startGenesysCloud>[0], "integrations" | "onTraffic" | "port">;
  interfereWithAws?: InterfereWithAws;
}

export interface LocalRun {
  ready: Ready;
  /** The simulators read them at every use: a change is a rotation on the platform's side. */
  channels: LineChannel[];
  integrations: OpenIntegration[];
  /** Undefined where another server stands in for it. */
  line: LinePlatform | undefined;
  genesys: GenesysCloud | undefined;
  stack: StackRun;
  /** Stops everything within 5 s. */
  close(): Promise<void>;
}

/**
 * Synthesizes one market and runs its template here, with simulators for the platforms that no flag
 * replaces. Rejects with MarketsError or UsageError for wrong input and with the signal's reason when
 * it is aborted, and then leaves nothing behind.
 */
export async function startLocalRun(
  options: LocalOptions,
  hooks: LocalRunHooks,
  signal?: AbortSignal,
  surroundings: Surroundings = {},
): Promise<LocalRun> {
  const cleanUp: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const end of cleanUp.splice(0).reverse()) await end();
  };
  try {
    const run = await start(options, hooks, (end) => cleanUp.push(end), signal, surroundings);
    signal?.throwIfAborted();
    return { ...run, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  options: LocalOptions,
  hooks: LocalRunHooks,
  onClose: (end: () => Promise<void> | void) => void,
  signal: AbortSignal | undefined,
  surroundings: Surroundings,
): Promise<Omit<LocalRun, "close">> {
  const markets = loadMarkets(options.marketsFile);
  const name = options.market ?? Object.keys(markets)[0] ?? "";
  const assemblyDirectory = mkdtempSync(join(tmpdir(), "line-genesys-bridge-"));
  onClose(() => rmSync(assemblyDirectory, { recursive: true, force: true }));
  const market = synthesize(markets, name, assemblyDirectory);
  // The synth takes seconds in one go; a signal that came meanwhile is delivered now.
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();

  const watchers: OnTraffic[] = [hooks.onTraffic];
  const onTraffic = (traffic: Traffic) => {
    for (const watch of watchers) watch(traffic);
  };
  const channels = Object.keys(market.brands).map(newLineChannel);
  const integrations = Object.entries(market.brands).map(([key, { brand }]) =>
    newOpenIntegration(key, brand),
  );
  const { servers } = options;
  const isLineReplaced = servers["line-api"] !== undefined;
  const isGenesysReplaced =
    servers["genesys-api"] !== undefined && servers["genesys-login"] !== undefined;
  const line = isLineReplaced
    ? undefined
    : await startLinePlatform({ ...surroundings.line, channels, onTraffic });
  if (line !== undefined) onClose(() => line.close());
  const genesys = isGenesysReplaced
    ? undefined
    : await startGenesysCloud({ ...surroundings.genesys, integrations, onTraffic });
  if (genesys !== undefined) onClose(() => genesys.close());

  const stack = await runStack({
    assemblyDirectory,
    stackName: stackName(name),
    region: market.awsRegion,
    port: options.port,
    environment: serverUrls(servers, { line: line?.origin, genesys: genesys?.origin }),
    onLog: hooks.onLog,
    onRequest: hooks.onRequest,
    onFailure: hooks.onFailure,
    interfere: surroundings.interfereWithAws,
  });
  onClose(() => stack.close());
  line?.exemptOrigin(stack.mediaUrl);

  const ready: Ready = {
    ready: true,
    market: name,
    gateway: stack.gatewayUrl,
    brands: {},
    aws: stack.aws,
    queues: stack.queues,
  };
  for (const [index, [key, { brand }]] of Object.entries(market.brands).entries()) {
    const channel = channels[index];
    const integration = integrations[index];
    if (channel === undefined || integration === undefined) continue;
    const webhooks = {
      line: `${stack.gatewayUrl}/line/${key}`,
      genesys: `${stack.gatewayUrl}/genesys/${key}`,
    };
    const { channelId, channelSecret, botUserId } = channel;
    const { clientId, clientSecret, integrationId, webhookSecret } = integration;
    stack.secrets.put(lineSecretName(name, key), JSON.stringify({ channelId, channelSecret }));
    stack.secrets.put(
      genesysSecretName(name, key),
      JSON.stringify({ clientId, clientSecret, integrationId, webhookSecret }),
    );
    line?.setWebhook(key, webhooks.line);
    genesys?.setWebhook(key, webhooks.genesys);
    ready.brands[key] = {
      brand,
      line: { webhook: webhooks.line, channelSecret, botUserId },
      genesys: { webhook: webhooks.genesys, webhookSecret, integrationId },
    };
  }

  if (options.console) {
    const server: ConsoleServer = await startConsole({
      port: options.port === 0 ? 0 : options.port + 1,
      ready,
      line,
      genesys,
    });
    onClose(() => server.close());
    watchers.push(server.show);
    ready.console = server.url;
  }
  return { ready, channels, integrations, line, genesys, stack };
}

function loadMarkets(file: string | undefined): Markets {
  let text: string;
  try {
    text = readFileSync(file ?? CDK_JSON, "utf8");
  } catch (error) {
    throw new UsageError(`--markets ${file}: ${error instanceof Error ? error.message : error}`);
  }
  return readMarkets(text);
}

function synthesize(markets: Markets, name: string, outdir: string): Market {
  // `npm run check` and `cdk synth` apply the rules; here they would only delay the start.
  buildApp({ markets, only: name, outdir, validate: false }).synth();
  const market = markets[name];
  if (market === undefined) throw new Error(`there is no market ${name}`);
  return market;
}
