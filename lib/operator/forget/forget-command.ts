import { type Command, Option } from "commander";
import { type CommonOptions, common, terminalOf } from "../command-options.ts";
import { UsageError } from "../errors.ts";
import { finish } from "../exit-code.ts";
import { stopSignal } from "../terminal.ts";

/** `forget`: 1 where dead letters could not be looked at. */
export function addForget(program: Command): void {
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
      const customer = { user, brand: options.brand };
      const { findTarget } = await import("../market/target.ts");
      const { forget } = await import("./forget.ts");
      const erased = await forget(findTarget(options), customer, terminal, stopSignal());
      finish(options, { erased }, erased.unseenLetters === 0);
    });
}
