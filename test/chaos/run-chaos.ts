import * as z from "zod";
import { mediaSecretName } from "../../lambdas/shared/contract/secret-names.ts";
import { type LocalRun, startLocalRun } from "../../lib/local/local-run.ts";
import type { OnLog } from "../../lib/local/log-line.ts";
import { readOptions } from "../../lib/local/options.ts";
import { awsFaults } from "./aws-faults.ts";
import { createChance } from "./chance.ts";
import { conversation } from "./conversation.ts";
import { genesysFaults } from "./genesys-faults.ts";
import { judge, type Verdict } from "./judge.ts";
import { createLeaks } from "./leaks.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { lineFaults } from "./line-faults.ts";
import { createMishaps } from "./mishaps.ts";
import { createQueueOperator, type QueueOperator } from "./queue-operator.ts";
import { noteReceives } from "./receives.ts";
import { rotateAll } from "./rotations.ts";
import { runEmpty, waitsUntil } from "./run-empty.ts";
import { talk } from "./talk.ts";
import { isHealthy, windowOf } from "./troubles.ts";

/** The platforms' clocks are ahead of the bridge's by so many ms. */
const SKEW = { line: 70_000, genesys: -40_000 };
/** LINE does not disclose its own; these bring everything back within the run. */
const REDELIVERY_PAUSES = [1_000, 3_000, 10_000, 15_000, 15_000, 30_000];
/** Tokens expire many times within a run. */
const TOKEN_SECONDS = 30;
const AWS_OUTAGE_MS = 4_000;
/**
 * How long the lull before the window may take until healthy brands have nothing left of what went wrong before, and
 * longer for each message: on a slow machine it would be measured as the work of the brands in trouble. A bridge that
 * leaves them something for longer is judged with it.
 */
const LONGEST_LULL_MS = 60_000;
const LONGEST_LULL_PER_MESSAGE_MS = 10;
/**
 * A webhook takes long while SQS refuses what it stores, and whoever gets no answer sends it again: with too few
 * processes the run would never catch up. Lambda starts as many as are needed, and each has a processor of its
 * own; here those behind queues leave it to the others.
 */
const PROCESSES = { webhook: 4, niceness: 5 };

export interface ChaosSettings {
  messages: number;
  seed: string;
  market: string;
  /** A file with the market's settings. */
  marketsFile: string;
  brandKeys: string[];
  /** Requests a minute that Genesys Cloud admits. */
  genesysRate: number;
  /** Messages that are begun in a second. */
  pace: number;
  /** Seconds for which each side is out of order. */
  outage: number;
  print(text: string): void;
  onLog: OnLog;
}

export interface ChaosOutcome {
  verdict: Verdict;
  ledger: Ledger;
  /** Kinds of what was found in the logs and must not be there, and how often. */
  leaks: ReadonlyMap<string, number>;
  /** Queues that still hold messages, by name, and how many. */
  left: ReadonlyMap<string, number>;
}

/**
 * Runs a market's template here, lets customers and agents talk through it while things go wrong, and judges what
 * arrived.
 */
export async function runChaos(settings: ChaosSettings): Promise<ChaosOutcome> {
  const { messages, market, marketsFile, print } = settings;
  const chance = createChance(settings.seed);
  const lineNow = () => Date.now() + SKEW.line;
  const ledger = createLedger(conversation(messages, settings.brandKeys, chance, lineNow));
  const leaks = createLeaks(ledger.secrets);
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  // The faults act on a run that does not exist yet when they are made.
  const started = Promise.withResolvers<{ run: LocalRun; operator: QueueOperator }>();
  const kill = async (service: string) => {
    const { run } = await started.promise;
    ledger.count(`killed ${service}`);
    const from = Date.now();
    await run.stack.crash(service);
    ledger.kills.push({ service, from, to: Date.now() });
  };
  const mishaps = createMishaps(ledger.spoken, chance, kill);
  /** A mistake in what makes things go wrong must not pass for one of them. */
  const watched =
    <Args extends unknown[], Result>(interfere: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      try {
        return await interfere(...args);
      } catch (error) {
        failure.reject(error);
        throw error;
      }
    };

  const run = await startLocalRun(
    readOptions(["--port", "0", "--no-console", "--market", market, "--markets", marketsFile]),
    {
      onTraffic: () => undefined,
      onRequest: () => undefined,
      onLog: (line) => {
        leaks.look(line.text);
        settings.onLog(line);
      },
      onFailure: failure.reject,
    },
    undefined,
    {
      processes: PROCESSES,
      line: {
        interfere: watched(lineFaults(ledger, mishaps)),
        now: lineNow,
        redeliveryPauses: REDELIVERY_PAUSES,
      },
      genesys: {
        interfere: watched(genesysFaults(ledger, mishaps)),
        now: () => Date.now() + SKEW.genesys,
        requestsPerMinute: settings.genesysRate,
        tokenSeconds: TOKEN_SECONDS,
      },
      interfereWithAws: watched(
        noteReceives(
          ledger,
          awsFaults(
            ledger,
            mishaps,
            started.promise.then(({ operator }) => operator),
          ),
        ),
      ),
    },
  );
  const operator = createQueueOperator(run.ready.aws.sqs);
  started.resolve({ run, operator });
  try {
    for (const { customer } of ledger.spoken) run.line?.customers.named(customer.name);
    addSecrets(run, ledger);
    const at = (share: number) => Math.floor(messages * share);
    const timing = { pauseMs: 1_000 / settings.pace, skew: SKEW };
    const window = windowOf(messages);
    const queuesOf = (brandKeys: readonly string[]) =>
      brandKeys.flatMap((key) => Object.values(run.ready.brands[key]?.queues ?? {}));
    const talking = talk(run, ledger, mishaps, timing, {
      async before(index) {
        if (index !== window.from) return;
        const healthy = queuesOf(settings.brandKeys.filter(isHealthy));
        const longest = LONGEST_LULL_MS + LONGEST_LULL_PER_MESSAGE_MS * messages;
        await runEmpty(operator, healthy, Date.now() + longest);
      },
      onBegun(index) {
        if (index === at(0.3)) mishaps.begin("Genesys", settings.outage * 1_000);
        if (index === at(0.2)) mishaps.begin("AWS", AWS_OUTAGE_MS);
        if (index === at(0.4)) mishaps.begin("LINE", settings.outage * 1_000);
        if (index === at(0.55)) mishaps.later(0, () => rotateAll(run, ledger));
        if (index === at(0.6)) mishaps.endEarly();
        if (index === window.from - 1) mishaps.troubles.calm();
        if (index === window.from) {
          mishaps.troubles.begin((window.to - window.from) * timing.pauseMs);
          ledger.count("burst of a brand");
        }
        if (index > 0 && index % 5_000 === 0) print(`${index} messages are begun …`);
      },
    });
    await Promise.race([talking, failure.promise]);
    print("All is said; waiting for the queues to run empty …");
    const { inboundDeadLetter, outboundDeadLetter } = run.ready.queues;
    const queues = queuesOf(settings.brandKeys);
    const until = waitsUntil(messages);
    const ended = async () => {
      await runEmpty(operator, queues, until);
      // A copy may come late.
      await mishaps.settled();
      return runEmpty(operator, queues, until);
    };
    const left = await Promise.race([ended(), failure.promise]);
    const letters = {
      inbound: await operator.takeDeadLetters(inboundDeadLetter),
      outbound: await operator.takeDeadLetters(outboundDeadLetter),
    };
    const verdict = judge(run, ledger, letters, SKEW, mishaps.troubles);
    return { verdict, ledger, leaks: leaks.found(), left };
  } finally {
    operator.close();
    await run.close();
  }
}

function addSecrets(
  { ready, channels, integrations, stack }: LocalRun,
  { secrets, spoken }: Ledger,
) {
  for (const { channelSecret } of channels) secrets.add(channelSecret);
  for (const { clientSecret, webhookSecret } of integrations) {
    secrets.add(clientSecret).add(webhookSecret);
  }
  const media: unknown = JSON.parse(stack.secrets.get(mediaSecretName(ready.market)));
  for (const value of Object.values(z.record(z.string(), z.string()).parse(media))) {
    secrets.add(value);
  }
  for (const { tokens = [] } of spoken) for (const token of tokens) secrets.add(token);
}
