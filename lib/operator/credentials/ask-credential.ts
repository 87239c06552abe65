import { UsageError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import { CREDENTIALS, type CredentialName } from "./credentials.ts";
import { checkCredential } from "./given-credentials.ts";

/** Asks for a credential. Throws UsageError if nobody can be asked or nothing is typed. */
export async function askCredential(name: CredentialName, terminal: Terminal): Promise<string> {
  const value = await askOptionalCredential(name, terminal);
  if (value !== undefined) return value;
  const { flag, environment, name: what, where } = CREDENTIALS[name];
  throw new UsageError(
    `${what} is missing (${where}): give it with ${flag}, as ${environment} or as ${name} on standard input (--stdin)`,
  );
}

/** Asks for a credential; undefined if nobody can be asked or nothing is typed. */
export async function askOptionalCredential(
  name: CredentialName,
  terminal: Terminal,
): Promise<string | undefined> {
  const { name: what, where, isSecret } = CREDENTIALS[name];
  const typed = (await terminal.ask({ text: `${what} (${where})`, isSecret }))?.trim();
  return typed ? checkCredential(name, typed) : undefined;
}
