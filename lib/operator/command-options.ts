import { text } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { CREDENTIALS, isCredentialName } from "./credentials/credentials.ts";
import {
  checkCredentials,
  type GivenCredentials,
  readGivenCredentials,
} from "./credentials/given-credentials.ts";
import { UsageError } from "./errors.ts";
import type { TargetOptions } from "./market/target.ts";
import { createTerminal, type Terminal } from "./terminal.ts";

export interface CommonOptions extends TargetOptions {
  brand?: string;
  json?: boolean;
  yes?: boolean;
}

/** The credentials of the OAuth client that may read the integration. */
export const PROVISIONING = ["genesysProvisioningClientId", "genesysProvisioningClientSecret"];

/** Adds the options that every verb takes; `brand` is the help of `--brand`, for verbs that take it. */
export function common(command: Command, brand?: string): Command {
  command
    .option("--market <name>", "the market's key (default: the only one)")
    .option("--markets <file>", 'a JSON file with another "markets" object than cdk.json')
    .option(
      "--local [gateway]",
      "a bridge that runs on this machine; with several, the URL of its gateway",
    )
    .option(
      "--json",
      "print one JSON document on standard output and everything else on standard error",
    )
    .option("--yes", "do not ask before changing something");
  return brand === undefined ? command : command.option("--brand <key>", brand);
}

/** Adds a flag and an environment variable for each of these credentials. */
export function withCredentials(
  command: Command,
  names: readonly string[] = Object.keys(CREDENTIALS),
) {
  for (const name of names.filter(isCredentialName)) {
    const { flag, environment, name: what } = CREDENTIALS[name];
    command.addOption(new Option(`${flag} <value>`, what).env(environment));
  }
  return command;
}

/**
 * The credentials from flags, environment and, with `--stdin`, standard input, which comes first. Commander
 * names options like the fields: `--line-channel-id` is `lineChannelId`. Throws UsageError, which never
 * quotes a value.
 */
export async function givenCredentials(
  options: object & { stdin?: boolean },
): Promise<GivenCredentials> {
  const given: GivenCredentials = {};
  for (const [name, value] of Object.entries(options)) {
    if (isCredentialName(name) && typeof value === "string") given[name] = value;
  }
  const typed = options.stdin ? readGivenCredentials(await text(process.stdin)) : {};
  return { ...checkCredentials(given), ...typed };
}

/** The OAuth client for set-up; undefined if none is given. Throws UsageError if only a half is given. */
export function provisioningClient({
  genesysProvisioningClientId: clientId,
  genesysProvisioningClientSecret: clientSecret,
}: GivenCredentials) {
  if (clientId === undefined && clientSecret === undefined) return undefined;
  if (clientId === undefined || clientSecret === undefined) {
    throw new UsageError(
      "The OAuth client for set-up needs both: --genesys-provisioning-client-id and --genesys-provisioning-client-secret",
    );
  }
  return { clientId, clientSecret };
}

/** A terminal that asks a person, or nobody if standard input or standard error is no terminal. */
export function terminalOf({ json = false, yes = false }: CommonOptions): Terminal {
  const isInteractive = process.stdin.isTTY === true && process.stderr.isTTY === true;
  return createTerminal({ json, yes, isInteractive });
}
