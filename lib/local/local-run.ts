import { once } from "node:events";
import { ENV } from "../../lambdas/shared/contract/environment-variables.ts";
import { type Direction, queueName } from "../../lambdas/shared/contract/queue-names.ts";
import {
  genesysSecretName,
  lineSecretName,
  SECRET_PLACEHOLDER,
} from "../../lambdas/shared/contract/secret-names.ts";
import { marketNamed, stackName } from "../markets.ts";
import { loadMarkets } from "../markets-file.ts";
import { templatesOfAll } from "../templates/templates-of-all.ts";
import type { InterfereWithAws } from "./aws/interfere-with-aws.ts";
import { type ConsoleServer, startConsole } from "./console/console.ts";
import { readDeadLetters } from "./console/dead-letters.ts";
import { createFaults } from "./console/faults.ts";
import { bundlePage, type PageFiles } from "./console/page-files.ts";
import { readQueues, sqsClientOf } from "./console/queue-counts.ts";
import { watchCalls } from "./console/watch-calls.ts";
import type { OnQueueStep } from "./functions/event-source.ts";
import type { ProcessLimits } from "./functions/stack-functions.ts";
import type { OnRequest } from "./gateway/gateway.ts";
import { ensurePortIsFree } from "./http-server.ts";
import type { OnLog } from "./log-line.ts";
import type { LocalOptions } from "./options.ts";
import { type PlatformSettings, startPlatforms } from "./platforms.ts";
import { credentialsOf, type Ready, readyBrand } from "./ready.ts";
import type { RunFile } from "./run-file.ts";
import { serverUrls } from "./server-urls.ts";
import type { GenesysCloud } from "./simulators/genesys/genesys-cloud.ts";
import type { OpenIntegration } from "./simulators/genesys/integration.ts";
import type { LineChannel } from "./simulators/line/channel.ts";
import type { LinePlatform } from "./simulators/line/line-platform.ts";
import type { OnTraffic, Traffic } from "./simulators/traffic.ts";
import { runStack, type StackRun } from "./stack-run.ts";
import { startSynth } from "./start-synth.ts";
import { storeCredentials } from "./store-credentials.ts";

export interface LocalRunHooks {
  onTraffic: OnTraffic;
  onRequest: OnRequest;
  onLog: OnLog;
  onQueueStep?: OnQueueStep;
  /** The run cannot go on. */
  onFailure: (error: Error) => void;
}

/** What a test changes in the behaviour of the platforms and of AWS, and how many processes it wants. */
export interface Surroundings extends PlatformSettings {
  interfereWithAws?: InterfereWithAws;
  processes?: ProcessLimits;
}

export interface LocalRun {
  ready: Ready;
  /** What other programs on this machine need to find the run. */
  runFile: RunFile;
  /** The simulators read them at every use, so a change of one is a rotation on the platform's side. */
  channels: LineChannel[];
  /** The integrations that exist at the start; none with --empty-secrets. */
  integrations: OpenIntegration[];
  /** Undefined where a flag names another server. */
  line: LinePlatform | undefined;
  genesys: GenesysCloud | undefined;
  stack: StackRun;
  /** Stops everything within 5 s. */
  close(): Promise<void>;
}

/**
 * Synthesizes one market and runs its template here, with simulators for the platforms that no flag
 * replaces. Rejects with MarketsError for wrong input and with the signal's reason when
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
  // A taken port is told before the synth, which takes seconds.
  await ensurePortIsFree(options.port);
  await ensurePortIsFree(options.console ? consolePort(options) : 0);
  signal?.throwIfAborted();
  const market = marketNamed(markets, name);
  const synth = startSynth(name, market, options.marketsFile);
  onClose(() => synth.close());
  const page = options.console ? beginPage() : undefined;
  const watchers: OnTraffic[] = [hooks.onTraffic];
  const onTraffic = (traffic: Traffic) => {
    for (const watch of watchers) watch(traffic);
  };
  const logReaders: OnLog[] = [hooks.onLog];
  const faults = createFaults({
    onTraffic,
    killWorker: () => stack.crash("worker"),
    haltWorker: (isHalted) => stack.halt("worker", isHalted),
    useUpQuota: (isUsedUp) => line?.useUpQuota(isUsedUp),
  });
  let server: ConsoleServer | undefined;
  const settings = faults.within(surroundings);
  const { accounts, provisioning, line, genesys } = await startPlatforms(
    market,
    options,
    page ? watchCalls(settings, (call) => server?.call(call)) : settings,
    onTraffic,
    onClose,
  );
  const assemblyDirectory = await unlessAborted(synth.done, signal);
  const urls = serverUrls(options.servers, { line: line?.origin, genesys: genesys?.origin });
  const stack = await runStack({
    assemblyDirectory,
    stackName: stackName(name),
    region: market.awsRegion,
    port: options.port,
    environment: urls,
    onLog: (line) => {
      for (const read of logReaders) read(line);
    },
    onRequest: (request, bodies) => {
      hooks.onRequest(request, bodies);
      server?.webhook(request, bodies);
    },
    onQueueStep: (step) => {
      hooks.onQueueStep?.(step);
      server?.queue(step);
    },
    onFailure: hooks.onFailure,
    interfere: surroundings.interfereWithAws,
    processes: surroundings.processes ?? {},
  });
  onClose(() => stack.close());
  line?.exemptOrigin(stack.mediaUrl);
  line?.exemptOrigin(stack.gatewayUrl);
  genesys?.exemptOrigin(stack.gatewayUrl);

  const ready: Ready = {
    ready: true,
    market: name,
    gateway: stack.gatewayUrl,
    brands: {},
    ...(genesys !== undefined && { provisioning: credentialsOf(provisioning) }),
    aws: stack.aws,
    queues: stack.queues,
  };
  for (const account of accounts) {
    const queueUrl = (direction: Direction) =>
      stack.queueUrl(queueName(name, direction, account.brandKey));
    const queues = { inbound: queueUrl("inbound"), outbound: queueUrl("outbound") };
    const brand = readyBrand(account, stack.gatewayUrl, queues);
    ready.brands[account.brandKey] = brand;
    if (account.integration === undefined) continue;
    storeCredentials(name, account, account.integration, stack);
    line?.setWebhook(account.brandKey, brand.line.webhook);
    genesys?.setWebhook(account.brandKey, brand.genesys.webhook);
  }

  if (page !== undefined) {
    const sqs = sqsClientOf(ready);
    onClose(() => sqs.destroy());
    server = await startConsole({
      port: consolePort(options),
      page,
      faults,
      ready,
      language: market.language,
      templates: templatesOfAll(market),
      line,
      genesys,
      hasSecrets: (brandKey) =>
        [lineSecretName(name, brandKey), genesysSecretName(name, brandKey)].every(
          (secret) => !stack.secrets.get(secret).includes(SECRET_PLACEHOLDER),
        ),
      readQueues: () => readQueues(sqs, ready),
      readDeadLetters: () => readDeadLetters(sqs, ready),
    });
    onClose(server.close);
    watchers.push(server.show);
    logReaders.push(server.take);
    ready.console = server.url;
  }
  return {
    ready,
    runFile: {
      pid: process.pid,
      market: name,
      gateway: stack.gatewayUrl,
      stackName: stackName(name),
      region: market.awsRegion,
      aws: stack.aws,
      platforms: {
        lineApi: urls[ENV.lineApiUrl],
        lineDataApi: urls[ENV.lineDataApiUrl],
        genesysApi: urls[ENV.genesysApiUrl],
        genesysLogin: urls[ENV.genesysLoginUrl],
      },
      settings: market,
    },
    channels: accounts.map(({ channel }) => channel),
    integrations: accounts.flatMap(({ integration }) => integration ?? []),
    line,
    genesys,
    stack,
  };
}

function consolePort({ port }: LocalOptions): number {
  return port === 0 ? 0 : port + 1;
}

/** Bundles the console's page beside the synth, which takes longer. */
function beginPage(): Promise<PageFiles> {
  const page = bundlePage();
  // A fault is told to whoever opens the page, not to a run that may end before.
  page.catch(() => undefined);
  return page;
}

/** Rejects with the signal's reason as soon as it is aborted. */
async function unlessAborted<Result>(
  done: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (signal !== undefined) await Promise.race([done, once(signal, "abort")]);
  signal?.throwIfAborted();
  return done;
}
