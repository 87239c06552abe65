import type { Command } from "commander";
import { clock } from "../../../lambdas/shared/function/clock.ts";
import { type CommonOptions, common, terminalOf } from "../command-options.ts";
import { finish } from "../exit-code.ts";
import { stopSignal } from "../terminal.ts";
import { withChoice } from "./choice-options.ts";
import type { RedriveOptions } from "./redrive.ts";
import { isComplete } from "./redrive-result.ts";

type Flags = CommonOptions & Partial<RedriveOptions>;

/** `redrive`: 1 where something that was chosen stays or has come back. */
export function addRedrive(program: Command): void {
  const command = common(program.command("redrive"), "only this brand's letters").description(
    "put dead letters back into their brands' queues",
  );
  withChoice(command)
    .option("--dry-run", "only say what would be done")
    .option("--allow-duplicate", "also agents' messages that may have arrived in LINE already")
    .action(async (flags: Flags) => {
      const { queue, reason, brand, dryRun = false, allowDuplicate = false } = flags;
      const { findTarget } = await import("../market/target.ts");
      const { redrive } = await import("./redrive.ts");
      const results = await redrive(
        findTarget(flags),
        { queue, reason, brand, dryRun, allowDuplicate },
        terminalOf(flags),
        { ...clock, stopping: stopSignal() },
      );
      finish(flags, { dryRun, queues: results }, results.every(isComplete));
    });
}
