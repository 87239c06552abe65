import { UsageError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import { CREDENTIALS, type CredentialName } from "./credentials.ts";
import { checkCredential, type GivenCredentials } from "./given-credentials.ts";

/** How often a person may type a credential before the command ends. */
export const TRIES = 3;

/**
 * Asks for a credential, and again where it cannot be used. Throws UsageError if nobody can be asked, or after
 * three tries.
 */
export async function askCredential(name: CredentialName, terminal: Terminal): Promise<string> {
  const { where } = CREDENTIALS[name];
  const value = await ask(name, terminal, { hint: where, isOptional: false });
  if (value === undefined) throw missing(name);
  return value;
}

/** The same for a credential that need not be: undefined if nobody can be asked or nothing is typed. */
export async function askOptionalCredential(
  name: CredentialName,
  terminal: Terminal,
): Promise<string | undefined> {
  const { where } = CREDENTIALS[name];
  return (await ask(name, terminal, { hint: where, isOptional: true })) || undefined;
}

/**
 * Asks again for credentials that a platform has refused together, and for no more than is needed: of an id and
 * its secret only the secret, unless a person wants to type both. An access token alone can be left out: then
 * it is empty. Throws UsageError as `askCredential` does.
 */
export async function askAgain(
  names: readonly CredentialName[],
  terminal: Terminal,
): Promise<GivenCredentials> {
  const [first, second] = names;
  if (first === undefined) return {};
  if (second === undefined) {
    const hint = "again; leave it empty to do without";
    return { [first]: await ask(first, terminal, { hint, isOptional: true }) };
  }
  const hint = "again; leave it empty to type the ID again, too";
  const value = await ask(second, terminal, { hint, isOptional: true });
  if (value) return { [second]: value };
  return {
    [first]: await askCredential(first, terminal),
    [second]: await askCredential(second, terminal),
  };
}

/** Undefined if nobody can be asked; empty only with `isOptional`. */
async function ask(
  name: CredentialName,
  terminal: Terminal,
  { hint, isOptional }: { hint: string; isOptional: boolean },
): Promise<string | undefined> {
  const { name: what, isSecret } = CREDENTIALS[name];
  for (let tries = 1; ; tries += 1) {
    const typed = (await terminal.ask({ text: `${what} (${hint})`, isSecret }))?.trim();
    if (typed === undefined || (typed === "" && isOptional)) return typed;
    try {
      if (typed === "") throw missing(name);
      return checkCredential(name, typed);
    } catch (error) {
      if (!(error instanceof UsageError) || tries === TRIES) throw error;
      terminal.print(`  ✗ ${error.message}`);
    }
  }
}

function missing(name: CredentialName): UsageError {
  const { flag, environment, name: what, where } = CREDENTIALS[name];
  return new UsageError(
    `${what} is missing (${where}): give it with ${flag}, as ${environment} or as ${name} on standard input (--stdin)`,
  );
}
