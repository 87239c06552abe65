import { setTimeout as sleep } from "node:timers/promises";
import { styleText } from "node:util";
import { Command, CommanderError, Option } from "commander";
import { RetryableFailure } from "../../lambdas/shared/failures/failures.ts";
import { clock } from "../../lambdas/shared/function/clock.ts";
import { MarketsError } from "../markets.ts";
import {
  type CommonOptions,
  common,
  givenCredentials,
  PROVISIONING,
  provisioningClient,
  terminalOf,
  withCredentials,
} from "./command-options.ts";
import { isComplete, redrive } from "./dead-letters/redrive.ts";
import { examine } from "./doctor/doctor.ts";
import type { Finding } from "./doctor/examination.ts";
import { describeError, UsageError } from "./errors.ts";
import { forget } from "./forget/forget.ts";
import { findTarget } from "./market/target.ts";
import { setUp } from "./set-up/set-up.ts";
import { describeStatus, readStatus } from "./status/status.ts";
import type { Terminal } from "./terminal.ts";

const EXIT = { ok: 0, wrong: 1, usage: 2, interrupted: 130 } as const;

const WATCH_MS = 5_000;

/** The command line of `npm run operator`. */
export function createProgram(): Command {
  const program = new Command("npm run operator --")
    .description("Sets up, checks and repairs a deployed market, or one that runs here (--local).")
    .showHelpAfterError("(add --help for what is possible)")
    .addHelpText("after", EXIT_CODES)
    .exitOverride();

  withCredentials(common(program.command("setup"), "one brand instead of all"))
    .description("store the credentials, create the Genesys integration, set and test the webhooks")
    .option("--stdin", "take credentials as a JSON object from standard input")
    .action(async (options: CommonOptions & { stdin?: boolean }) => {
      const terminal = terminalOf(options);
      const given = await givenCredentials(options);
      const report = await setUp(
        findTarget(options),
        { brand: options.brand, given },
        terminal,
        clock,
      );
      finish(options, report, report.ok);
    });

  withCredentials(common(program.command("doctor"), "one brand instead of all"), PROVISIONING)
    .description("prove each link of the chain, and say how to mend what is broken")
    .option("--stdin", "take credentials as a JSON object from standard input")
    .action(async (options: CommonOptions & { stdin?: boolean }) => {
      const given = await givenCredentials(options);
      const findings = await examine(
        findTarget(options),
        { brand: options.brand, provisioning: provisioningClient(given) },
        (finding) => printFinding(finding, terminalOf(options)),
        { ...clock, stopping: stopSignal() },
      );
      const isOk = findings.every(({ state }) => state !== "wrong");
      finish(options, { ok: isOk, findings }, isOk);
    });

  common(program.command("redrive"), "only this brand's letters")
    .description("put dead letters back into their queues")
    .addOption(new Option("--queue <queue>", "one queue instead of both").choices(QUEUES))
    .option("--reason <reason>", "only letters that were parked for this reason")
    .option("--dry-run", "only say what would be done")
    .option("--allow-duplicate", "also agents' messages that may have arrived in LINE already")
    .action(
      async (
        options: CommonOptions & {
          queue?: "inbound" | "outbound";
          reason?: string;
          dryRun?: boolean;
          allowDuplicate?: boolean;
        },
      ) => {
        const { queue, reason, brand, dryRun = false, allowDuplicate = false } = options;
        const results = await redrive(
          findTarget(options),
          { queue, reason, brand, dryRun, allowDuplicate },
          terminalOf(options),
          { ...clock, stopping: stopSignal() },
        );
        finish(options, { dryRun, queues: results }, results.every(isComplete));
      },
    );

  common(program.command("forget"), "one brand instead of all")
    .description("erase what the bridge keeps of a customer: record, media, dead letters")
    .addOption(
      new Option("--user <id>", "LINE's id of the user, group or room").env("LINE_USER_ID"),
    )
    .action(async (options: CommonOptions & { user?: string }) => {
      const terminal = terminalOf(options);
      const user = options.user ?? (await terminal.ask({ text: "LINE user id", isSecret: false }));
      if (user === undefined) {
        throw new UsageError("--user is missing: LINE's id of the user, group or room");
      }
      const erased = await forget(
        findTarget(options),
        { user, brand: options.brand },
        terminal,
        stopSignal(),
      );
      finish(options, { erased }, erased.unseenLetters === 0);
    });

  common(program.command("status"))
    .description("queues, dead letters and LINE's monthly messages at this moment")
    .option("--watch", "again every five seconds, until Ctrl-C")
    .action(async (options: CommonOptions & { watch?: boolean }) => {
      const target = findTarget(options);
      const terminal = terminalOf(options);
      const stopping = stopSignal();
      do {
        const status = await readStatus(target, clock.now);
        if (options.json) process.stdout.write(`${JSON.stringify(status)}\n`);
        for (const line of describeStatus(status)) terminal.print(line);
      } while (options.watch && (await isStillWanted(stopping)));
    });

  return program;
}

/** The exit code for what a command has thrown, which is told on standard error. */
export function exitCodeOf(error: unknown): number {
  // Commander has printed it already; asking for help is no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  // Ctrl-C at a question.
  if (error instanceof Error && error.name === "ExitPromptError") return EXIT.interrupted;
  if (error instanceof Error && error.name === "AbortError") {
    process.stderr.write("Interrupted.\n");
    return EXIT.interrupted;
  }
  if (error instanceof UsageError || error instanceof MarketsError) {
    process.stderr.write(`${error.message}\n`);
    return EXIT.usage;
  }
  const advice = error instanceof RetryableFailure ? " Run the command again later." : "";
  process.stderr.write(`${describeError(error)}${advice}\n`);
  return EXIT.wrong;
}

const EXIT_CODES = `
Credentials are taken from environment variables, with --stdin from a JSON object on standard input,
from flags, or asked for. The command never prints them, but npm and the shell print and keep flags:
give secrets another way.
Exit codes: 0 all is well, 1 something is wrong or was held back, 2 the command line or an input
cannot be used, 130 interrupted.`;

const QUEUES = ["inbound", "outbound"];

function finish({ json = false }: CommonOptions, report: object, isOk: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  process.exitCode = isOk ? EXIT.ok : EXIT.wrong;
}

const MARKS = {
  ok: ["green", "ok     "],
  wrong: ["red", "wrong  "],
  skipped: ["yellow", "skipped"],
} as const;

function printFinding({ state, brand, check, detail, fix }: Finding, { print }: Terminal): void {
  const [color, mark] = MARKS[state];
  print(`${styleText(color, mark)} ${[brand, check].filter(Boolean).join(" ")}: ${detail}`);
  if (fix) print(`        → ${fix}`);
}

/** Aborted by Ctrl-C, for commands that have something to put in order before they end. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return stopping.signal;
}

async function isStillWanted(stopping: AbortSignal): Promise<boolean> {
  return sleep(WATCH_MS, true, { signal: stopping }).catch(() => false);
}
