import { type Command, Option } from "commander";
import { NO_REASON, PARK_REASONS } from "../../../lambdas/shared/contract/park-reasons.ts";
import { DIRECTIONS } from "../../../lambdas/shared/contract/queue-names.ts";

/** Adds `--queue` and `--reason`; `reasons` are the ones that the verb knows. */
export function withChoice(command: Command, reasons: readonly string[] = PARK_REASONS): Command {
  return command
    .addOption(new Option("--queue <queue>", "one direction instead of both").choices(DIRECTIONS))
    .addOption(
      new Option("--reason <reason>", "only letters that were parked for this reason").choices(
        reasons,
      ),
    );
}

/** With that of letters that SQS itself has moved. */
export const ALL_REASONS = [...PARK_REASONS, NO_REASON];
