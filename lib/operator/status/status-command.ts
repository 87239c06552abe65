import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import { clock } from "../../../lambdas/shared/function/clock.ts";
import { type CommonOptions, common, terminalOf } from "../command-options.ts";
import { finish } from "../exit-code.ts";
import { stopSignal } from "../terminal.ts";

const WATCH_MS = 5_000;

/**
 * `status`: once, or with `--watch` until it is interrupted; 1 where LINE could not be asked for a brand, at the last
 * reading.
 */
export function addStatus(program: Command): void {
  common(program.command("status"))
    .description("queues, dead letters, LINE's monthly messages, and how many answers were free")
    .option("--watch", "again every five seconds, until Ctrl-C")
    .action(async (options: CommonOptions & { watch?: boolean }) => {
      const { findTarget } = await import("../market/target.ts");
      const { describeStatus, readStatus } = await import("./status.ts");
      const { createAnswersReader } = await import("./answers.ts");
      const target = findTarget(options);
      const readAnswers = createAnswersReader(target, clock.now);
      const terminal = terminalOf(options);
      const stopping = stopSignal();
      do {
        const status = await readStatus(target, clock.now, readAnswers);
        for (const line of describeStatus(status)) terminal.print(line);
        finish(options, status, status.ok);
      } while (options.watch && (await isStillWanted(stopping)));
    });
}

async function isStillWanted(stopping: AbortSignal): Promise<boolean> {
  return sleep(WATCH_MS, true, { signal: stopping }).catch(() => false);
}
