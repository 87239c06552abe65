import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { type LocalRun, startLocalRun } from "../../lib/local/local-run.ts";
import { readOptions as readLocalOptions } from "../../lib/local/options.ts";
import { awsFaults, type Queues } from "./aws-faults.ts";
import { createChance } from "./chance.ts";
import { conversation } from "./conversation.ts";
import { deadLetters } from "./dead-letters.ts";
import { genesysFaults } from "./genesys-faults.ts";
import { faultsOf, judge } from "./judge.ts";
import { createLeaks } from "./leaks.ts";
import { createLedger } from "./ledger.ts";
import { lineFaults } from "./line-faults.ts";
import { createMishaps } from "./mishaps.ts";
import { type ChaosOptions, readOptions, USAGE } from "./options.ts";
import { report } from "./report.ts";
import { rotateAll } from "./rotations.ts";
import { talk } from "./talk.ts";

/** The platforms' clocks are ahead of the bridge's by so many ms. */
const SKEW = { line: 70_000, genesys: -40_000 };
/** How long nothing may move before the run is given up: well above the queues' visibility timeout. */
const STANDSTILL_MS = 150_000;
/** LINE does not disclose its own; these bring everything back within the run. */
const REDELIVERY_PAUSES = [1_000, 3_000, 10_000, 15_000, 15_000, 30_000];
const CDK_JSON = new URL("../../cdk.json", import.meta.url);

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n${USAGE}`);
  process.exit(1);
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    print(USAGE);
    return 0;
  }
  const directory = mkdtempSync(join(tmpdir(), "line-genesys-chaos-"));
  try {
    const marketsFile = join(directory, "markets.json");
    const { name, brandKeys, text } = markets(options);
    writeFileSync(marketsFile, text);
    return await chaos(options, name, brandKeys, marketsFile);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** cdk.json's markets, with the run's rate. */
function markets({ market, genesysRate }: ChaosOptions) {
  const { context } = JSON.parse(readFileSync(CDK_JSON, "utf8"));
  const all: Record<string, { brands: object; requestsPerMinute?: number }> = context.markets;
  const name = market ?? Object.keys(all)[0] ?? "";
  const chosen = all[name];
  if (chosen === undefined) throw new Error(`--market ${name}: cdk.json has no such market`);
  chosen.requestsPerMinute = genesysRate;
  return { name, brandKeys: Object.keys(chosen.brands), text: JSON.stringify(all) };
}

async function chaos(
  options: ChaosOptions,
  market: string,
  brandKeys: string[],
  marketsFile: string,
): Promise<number> {
  const began = Date.now();
  const chance = createChance(options.seed);
  const lineNow = () => Date.now() + SKEW.line;
  const ledger = createLedger(conversation(options.messages, brandKeys, chance, lineNow));
  const leaks = createLeaks(ledger.secrets);
  const started: { run?: LocalRun; queues?: Queues } = {};
  const kill = async (service: string) => {
    ledger.count(`killed ${service}`);
    const from = Date.now();
    await started.run?.stack.crash(service);
    ledger.kills.push({ service, from, to: Date.now() });
  };
  const mishaps = createMishaps(ledger.spoken, chance, kill);
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);

  print(`Starting ${market} with ${options.messages} messages, seed ${options.seed} …`);
  const run = await startLocalRun(
    readLocalOptions(["--port", "0", "--no-console", "--market", market, "--markets", marketsFile]),
    {
      onTraffic: () => undefined,
      onRequest: () => undefined,
      onLog: ({ text }) => leaks.look(text),
      onFailure: failure.reject,
    },
    undefined,
    {
      line: {
        interfere: lineFaults(ledger, mishaps),
        now: lineNow,
        redeliveryPauses: REDELIVERY_PAUSES,
      },
      genesys: {
        interfere: genesysFaults(ledger, mishaps),
        now: () => Date.now() + SKEW.genesys,
        requestsPerMinute: options.genesysRate,
        tokenSeconds: 30,
      },
      interfereWithAws: awsFaults(ledger, mishaps, () => {
        if (started.queues === undefined) throw new Error("the queues are not there yet");
        return started.queues;
      }),
    },
  );
  const sqs = new SQSClient({
    endpoint: run.ready.aws.sqs,
    region: "ap-southeast-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  started.run = run;
  started.queues = operatorOf(sqs);
  try {
    for (const { channelSecret } of run.channels) ledger.secrets.add(channelSecret);
    for (const { clientSecret, webhookSecret } of run.integrations) {
      ledger.secrets.add(clientSecret).add(webhookSecret);
    }
    const at = (share: number) => Math.floor(options.messages * share);
    const talking = talk(run, ledger, mishaps, 1_000 / options.pace, (index) => {
      if (index === at(0.55)) void rotateAll(run, ledger);
      if (index === at(0.3)) mishaps.begin("Genesys", options.outage * 1_000);
      if (index === at(0.5)) mishaps.begin("LINE", options.outage * 1_000);
      if (index === at(0.6)) mishaps.endEarly();
      if (index > 0 && index % 5_000 === 0) print(`${index} messages begun …`);
    });
    await Promise.race([talking, failure.promise]);
    print(`All is said after ${seconds(began)} s; waiting for the queues to run empty …`);
    await Promise.race([empty(sqs, run.ready.queues, began), failure.promise]);

    const { queues } = run.ready;
    const letters = {
      inbound: await deadLetters(sqs, queues.inboundDeadLetter),
      outbound: await deadLetters(sqs, queues.outboundDeadLetter),
    };
    const verdict = judge(run, ledger, letters, SKEW);
    const found = leaks.found();
    print(
      report(verdict, ledger, {
        seed: options.seed,
        market,
        seconds: (Date.now() - began) / 1_000,
        leaks: found,
      }),
    );
    const faults = [
      ...faultsOf(verdict),
      ...[...ledger.undelivered].slice(0, 5).map(([index, why]) => `number ${index}: ${why}`),
      ...[...found].map(([what, count]) => `the logs hold ${count} times a ${what}`),
    ];
    print(faults.length === 0 ? "Nothing lost, doubled or swapped." : faults.join("\n"));
    return faults.length === 0 ? 0 : 1;
  } finally {
    sqs.destroy();
    await run.close();
  }
}

function operatorOf(sqs: SQSClient): Queues {
  return {
    async expose(QueueUrl, ReceiptHandle) {
      const command = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
      // It may have been deleted meanwhile.
      await sqs.send(new ChangeMessageVisibilityCommand(command)).catch(() => undefined);
    },
    async copy(QueueUrl, MessageGroupId, MessageBody) {
      const MessageDeduplicationId = crypto.randomUUID();
      await sqs.send(
        new SendMessageCommand({ QueueUrl, MessageGroupId, MessageBody, MessageDeduplicationId }),
      );
    },
  };
}

/** Resolves when both queues are empty, or when nothing has moved for too long. */
async function empty(sqs: SQSClient, queues: LocalRun["ready"]["queues"], began: number) {
  let left = Number.POSITIVE_INFINITY;
  let movedAt = Date.now();
  while (left > 0 && Date.now() - movedAt < STANDSTILL_MS) {
    await delay(1_000);
    const now = (await waiting(sqs, queues.inbound)) + (await waiting(sqs, queues.outbound));
    if (now !== left) movedAt = Date.now();
    left = now;
  }
  print(`${left} messages are in the queues after ${seconds(began)} s.`);
}

async function waiting(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  return (
    Number(Attributes?.ApproximateNumberOfMessages) +
    Number(Attributes?.ApproximateNumberOfMessagesNotVisible)
  );
}

function seconds(began: number): string {
  return ((Date.now() - began) / 1_000).toFixed(0);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
