import { styleText } from "node:util";
import type { Command } from "commander";
import { clock } from "../../../lambdas/shared/function/clock.ts";
import {
  type CommonOptions,
  common,
  givenCredentials,
  PROVISIONING,
  provisioningClient,
  terminalOf,
  withCredentials,
} from "../command-options.ts";
import { finish } from "../exit-code.ts";
import { stopSignal, type Terminal } from "../terminal.ts";
import type { Finding } from "./examination.ts";

/** `doctor`: 1 where a link of the chain is broken. */
export function addDoctor(program: Command): void {
  withCredentials(common(program.command("doctor"), "one brand instead of all"), PROVISIONING)
    .description("prove each link of the chain, and say how to fix a broken one")
    .option("--stdin", "take credentials as a JSON object from standard input")
    .action(async (options: CommonOptions & { stdin?: boolean }) => {
      const given = await givenCredentials(options);
      const terminal = terminalOf(options);
      const { findTarget } = await import("../market/target.ts");
      const { examine } = await import("./doctor.ts");
      const findings = await examine(
        findTarget(options),
        { brand: options.brand, provisioning: provisioningClient(given) },
        (finding) => printFinding(finding, terminal),
        { ...clock, stopping: stopSignal() },
      );
      const isOk = findings.every(({ state }) => state !== "wrong");
      finish(options, { ok: isOk, findings }, isOk);
    });
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
