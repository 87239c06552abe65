import type { Command } from "commander";
import { clock } from "../../../lambdas/shared/function/clock.ts";
import {
  type CommonOptions,
  common,
  givenCredentials,
  terminalOf,
  withCredentials,
} from "../command-options.ts";
import { finish } from "../exit-code.ts";

interface SetUpFlags extends CommonOptions {
  stdin?: boolean;
  flow?: string;
  newWebhookSecret?: boolean;
}

/** `setup`: 1 unless every proof has succeeded. */
export function addSetUp(program: Command): void {
  withCredentials(common(program.command("setup"), "one brand instead of all"))
    .description("store the credentials, create the Genesys integration, set and test the webhooks")
    .option(
      "--flow <name>",
      "the published inbound message flow of Architect that gets the messages",
    )
    .option("--new-webhook-secret", "renew the webhook secret of the Genesys integration")
    .option("--stdin", "take credentials as a JSON object from standard input")
    .action(async (options: SetUpFlags) => {
      const terminal = terminalOf(options);
      const given = await givenCredentials(options);
      const { brand, flow, newWebhookSecret: renewsSecret } = options;
      const { findTarget } = await import("../market/target.ts");
      const { setUp } = await import("./set-up.ts");
      const wanted = { brand, given, flow, renewsSecret };
      const report = await setUp(findTarget(options), wanted, terminal, clock);
      finish(options, report, report.ok);
    });
}
