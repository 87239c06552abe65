import type { Command } from "commander";
import { clock } from "../../../lambdas/shared/function/clock.ts";
import { type CommonOptions, common, terminalOf } from "../command-options.ts";
import { finish } from "../exit-code.ts";
import { stopSignal } from "../terminal.ts";
import { ALL_REASONS, withChoice } from "./choice-options.ts";
import type { LetterChoice } from "./find-letters.ts";

type Flags = CommonOptions & LetterChoice & { discarded?: boolean };

/** `letters`: 1 where some could not be looked at. */
export function addLetters(program: Command): void {
  const command = common(program.command("letters"), "only this brand's letters").description(
    "list dead letters, without what customers and agents wrote",
  );
  withChoice(command, ALL_REASONS)
    .option("--discarded", "those that were discarded in the last 400 days, who did it and why")
    .action(async (flags: Flags) => {
      const { queue, reason, brand, discarded = false } = flags;
      const choice = { queue, reason, brand };
      const { findTarget } = await import("../market/target.ts");
      const { listDiscarded, listLetters } = await import("./letters.ts");
      const target = findTarget(flags);
      const terminal = terminalOf(flags);
      if (discarded) {
        const records = await listDiscarded(target, choice, terminal);
        return finish(flags, { discarded: records }, true);
      }
      const found = await listLetters(target, choice, terminal, {
        ...clock,
        stopping: stopSignal(),
      });
      finish(flags, found, found.unseen === 0);
    });
}
