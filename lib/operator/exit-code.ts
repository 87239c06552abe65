import { CommanderError } from "commander";
import { MarketsError } from "../markets-error.ts";
import type { CommonOptions } from "./command-options.ts";
import { describeError, UsageError } from "./errors.ts";

const EXIT = { ok: 0, wrong: 1, usage: 2, interrupted: 130 } as const;

/** The exit codes, for the help. */
export const EXIT_CODES = `Exit codes: 0 all is well, 1 something is wrong or was held back, 2 the command line or an input
cannot be used, 130 interrupted, 141 nobody reads what is printed any more.`;

/** Ends a verb: prints its report with `--json`, and sets the exit code. */
export function finish({ json = false }: CommonOptions, report: object, isOk: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  process.exitCode = isOk ? EXIT.ok : EXIT.wrong;
}

/** Prints what a verb has thrown on standard error, and returns the exit code for it. */
export function exitCodeOf(error: unknown): number {
  // Commander has printed it already; a question for help is no mistake.
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
  process.stderr.write(`${describeError(error)}\n`);
  return EXIT.wrong;
}
