import { Command } from "commander";
import { addDiscard } from "./dead-letters/discard-command.ts";
import { addLetters } from "./dead-letters/letters-command.ts";
import { addRedrive } from "./dead-letters/redrive-command.ts";
import { addDoctor } from "./doctor/doctor-command.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { addForget } from "./forget/forget-command.ts";
import { addSetUp } from "./set-up/set-up-command.ts";
import { addStatus } from "./status/status-command.ts";

const HELP = `
Credentials are taken from environment variables, with --stdin from a JSON object on standard input,
from flags, or asked for. The command never prints them, but npm and the shell print and keep flags:
give secrets another way.
${EXIT_CODES}`;

/**
 * The command line of `npm run operator`. A verb loads what it works with when it runs: the AWS SDK alone takes
 * longer than a help text.
 */
export function createProgram(): Command {
  // Verbs inherit these settings, so they come first.
  const program = new Command("npm run operator --")
    .description("Sets up, checks and repairs a deployed market, or one that runs here (--local).")
    .showHelpAfterError("(add --help to see the options)")
    .addHelpText("after", HELP)
    .exitOverride();
  addSetUp(program);
  addDoctor(program);
  addRedrive(program);
  addLetters(program);
  addDiscard(program);
  addForget(program);
  addStatus(program);
  return program;
}
