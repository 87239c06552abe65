import { type Command, Option } from "commander";
import { clock } from "../../../lambdas/shared/function/clock.ts";
import { type CommonOptions, common, terminalOf } from "../command-options.ts";
import { finish } from "../exit-code.ts";
import { stopSignal } from "../terminal.ts";
import { ALL_REASONS, withChoice } from "./choice-options.ts";
import type { LetterChoice } from "./find-letters.ts";

type Flags = CommonOptions & Omit<LetterChoice, "ids"> & { id?: string[]; because?: string };

/** `discard`: 1 where something that was chosen stays. */
export function addDiscard(program: Command): void {
  const command = common(program.command("discard"), "only this brand's letters").description(
    "delete dead letters that can never succeed, and keep who did it and why",
  );
  withChoice(command, ALL_REASONS)
    .addOption(new Option("--id <ids...>", "only these letters; the verb letters lists their ids"))
    .option("--because <text>", "why nobody needs them; names no customer")
    .action(async (flags: Flags) => {
      const { queue, reason, brand, id: ids, because } = flags;
      const { findTarget } = await import("../market/target.ts");
      const { discard, isAllDiscarded } = await import("./discard.ts");
      const options = { queue, reason, brand, ids, because };
      const result = await discard(findTarget(flags), options, terminalOf(flags), {
        ...clock,
        stopping: stopSignal(),
      });
      finish(flags, result, isAllDiscarded(result, options));
    });
}
