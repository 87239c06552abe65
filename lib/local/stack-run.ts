import { ENV } from "../../lambdas/shared/contract/environment-variables.ts";
import { createAwsGate } from "./aws/access/aws-gate.ts";
import { checkMappings } from "./aws/access/check-mappings.ts";
import { startCloudFormation } from "./aws/cloudformation.ts";
import { startCloudWatch } from "./aws/cloudwatch.ts";
import { createTables, startDynamodb } from "./aws/dynamodb.ts";
import { startEmulators } from "./aws/emulators.ts";
import type { InterfereWithAws } from "./aws/interfere-with-aws.ts";
import { startLambda } from "./aws/lambda.ts";
import { createLoggedMetrics } from "./aws/logged-metrics.ts";
import { startMediaServer } from "./aws/media-server.ts";
import { createBuckets, startS3 } from "./aws/s3.ts";
import { createSecrets, startSecretsManager } from "./aws/secrets-manager.ts";
import { startSns } from "./aws/sns.ts";
import { createQueues, startSqs } from "./aws/sqs.ts";
import type { OnQueueStep } from "./functions/event-source.ts";
import type { AwsEndpoints } from "./functions/function-environment.ts";
import {
  createStackFunctions,
  type ProcessLimits,
  type StackFunctions,
} from "./functions/stack-functions.ts";
import { startTriggers } from "./functions/triggers.ts";
import { type OnRequest, startGateway } from "./gateway/gateway.ts";
import type { OnLog } from "./log-line.ts";
import { defineStack, type StackDefinition } from "./template/stack-definition.ts";
import { queueNamed, type StackQueues, stackQueues } from "./template/stack-queues.ts";
import { readTemplate } from "./template/template.ts";

export interface StackRunOptions {
  /** CDK's output directory. */
  assemblyDirectory: string;
  stackName: string;
  region: string;
  /** The gateway's port; 0 takes any free one. */
  port: number;
  /** Values for variables that the template's functions already have. */
  environment: Record<string, string>;
  processes?: ProcessLimits;
  /** Stands between the functions and AWS, for tests. */
  interfere?: InterfereWithAws | undefined;
  onLog: OnLog;
  onRequest: OnRequest;
  /** Gets what becomes of the messages in the functions' queues. */
  onQueueStep?: OnQueueStep;
  /** A part that everything depends on has ended by itself; the run cannot go on. */
  onFailure: (error: Error) => void;
}

/** The services that the functions use, and those that only people and their tools use. */
export interface StackEndpoints extends AwsEndpoints {
  cloudFormation: string;
  cloudWatch: string;
  sns: string;
}

export interface StackRun {
  gatewayUrl: string;
  /** Where hosted media can be fetched: a slash and an object's key follow. */
  mediaUrl: string;
  aws: StackEndpoints;
  queues: StackQueues;
  /** The URL of the queue with this name. Throws when the template has none. */
  queueUrl(name: string): string;
  tableNames: string[];
  outputs: Record<string, string>;
  secrets: {
    /** The current value. Throws when there is no such secret. */
    get(name: string): string;
    /** Stores a new current value. Throws when there is no such secret. */
    put(name: string, value: string): void;
  };
  /** Calls a function by its short name with an event of the caller's. */
  invoke: StackFunctions["invoke"];
  crash: StackFunctions["crash"];
  halt: StackFunctions["halt"];
  /** Ends everything within three seconds. */
  close(): Promise<void>;
}

/**
 * Runs a synthesized stack on this machine: its routes, functions, queues, schedules, table, secrets
 * and hosted media, as its template says. Resolves when the functions behind routes and queues are
 * loaded. One that cannot be loaded is only logged, because AWS would also deploy it. Rejects, and
 * leaves nothing behind, when the template asks for something that cannot be run here or the port is
 * taken.
 */
export async function runStack(options: StackRunOptions): Promise<StackRun> {
  const cleanUp: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of cleanUp.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(options, (end) => cleanUp.push(end))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  options: StackRunOptions,
  onClose: (end: () => Promise<void>) => void,
): Promise<Omit<StackRun, "close">> {
  const { region, onLog } = options;
  const started = async <Part extends { close(): Promise<void> }>(starting: Promise<Part>) => {
    const part = await starting;
    onClose(() => part.close());
    return part;
  };
  const template = readTemplate(options.assemblyDirectory, options.stackName);

  const emulators = await started(startEmulators(region, onLog, options.onFailure));
  // No function calls before the definition exists.
  const gate = createAwsGate({
    functions: () => definition.functions,
    onLog,
    interfere: options.interfere,
  });
  const sqs = await started(startSqs(emulators.urls.fauxqs, gate));
  const gateway = await started(startGateway(options.port, options.onRequest));
  const mediaServer = await started(startMediaServer(emulators.urls.fauxqs));
  const definition = defineStack(template, region, {
    sqs: sqs.url,
    gateway: gateway.url,
    media: mediaServer.url,
  });
  const overrides = {
    ...options.environment,
    // The template's address is the same server's, but with https.
    ...(definition.media === undefined ? {} : { [ENV.mediaUrl]: mediaServer.url }),
  };
  checkOverrides(definition, overrides);
  checkMappings(definition.eventSources);
  const queues = stackQueues(definition);
  const dynamodb = await started(startDynamodb(emulators.urls.dynalite, keysOf(definition), gate));
  const secretsManager = await started(startSecretsManager(region, gate));
  const s3 = await started(startS3(emulators.urls.fauxqs, gate));
  const lambda = await started(
    startLambda({
      gate,
      functions: () => definition.functions,
      maxEventAge: (service) => definition.eventAges.get(service),
      run: (service, event, isWaiting) =>
        functions.invoke(service, event, { name: "events", isWaiting }),
      onLog,
    }),
  );
  const aws: AwsEndpoints = {
    sqs: sqs.url,
    s3: s3.url,
    dynamodb: dynamodb.url,
    secretsManager: secretsManager.url,
    lambda: lambda.url,
  };

  const { outputs, topics, subscriptions } = definition;
  const cloudFormation = await started(
    startCloudFormation({ name: options.stackName, region, outputs }),
  );
  const metrics = createLoggedMetrics();
  const cloudWatch = await started(startCloudWatch(metrics));
  const sns = await started(startSns(topics, subscriptions));

  await createQueues(sqs.url, region, definition.queues);
  await createTables(dynamodb.url, region, definition.tables);
  await createBuckets(aws.s3, region, definition.buckets);
  createSecrets(secretsManager.store, definition.secrets);
  if (definition.leftOut.length > 0) {
    const text = `not part of a local run: ${definition.leftOut.join(", ")}`;
    onLog({ source: "template", stream: "platform", text });
  }

  const functions = createStackFunctions({
    definition,
    aws,
    environment: overrides,
    processes: options.processes ?? {},
    onLog: (line) => {
      metrics.take(line);
      onLog(line);
    },
  });
  onClose(() => functions.close());
  await functions.warmUp();
  if (definition.media !== undefined) mediaServer.serve(definition.media);
  gateway.serve(
    definition.routes.map((route) => ({
      ...route,
      // Lambda would start more: here no brand's webhooks wait behind another's, whose path is another one, nor
      // behind those whose sender has given up and sends them again.
      invoke: (event, isWaiting) =>
        functions.invoke(route.function.service, event, { name: event.rawPath, isWaiting }),
    })),
  );
  startTriggers({
    definition,
    functions,
    sqsUrl: sqs.url,
    processes: options.processes ?? {},
    onLog,
    onStep: options.onQueueStep ?? (() => undefined),
    onClose,
  });

  const { store } = secretsManager;
  return {
    gatewayUrl: gateway.url,
    mediaUrl: mediaServer.url,
    aws: {
      ...aws,
      cloudFormation: cloudFormation.url,
      cloudWatch: cloudWatch.url,
      sns: sns.url,
    },
    queues,
    queueUrl: (name) => queueNamed(name, definition),
    tableNames: definition.tables.map(({ name }) => name),
    outputs: Object.fromEntries(outputs.map(({ key, value }) => [key, value])),
    secrets: {
      get: (name) => store.version(store.find(name), undefined, undefined).value,
      put: (name, value) => {
        store.put(store.find(name), value);
      },
    },
    invoke: functions.invoke,
    crash: functions.crash,
    halt: functions.halt,
  };
}

/** Throws for an override that reaches no function: the run would call the real service. */
function checkOverrides(definition: StackDefinition, overrides: Record<string, string>): void {
  for (const variable of Object.keys(overrides)) {
    if (!definition.functions.some(({ environment }) => variable in environment)) {
      throw new Error(`no function of the template has the environment variable ${variable}`);
    }
  }
}

function keysOf(definition: StackDefinition) {
  return (tableName: string): string[] => {
    const table = definition.tables.find(({ name }) => name === tableName);
    return table?.keySchema.map(({ AttributeName }) => AttributeName) ?? [];
  };
}
