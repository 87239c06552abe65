import { askAgain, TRIES } from "../credentials/ask-credential.ts";
import type { GivenCredentials } from "../credentials/given-credentials.ts";
import { CredentialsWrong } from "../credentials/proving-credentials.ts";
import { describeError, OperatorError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import { troubleOf } from "../trouble/trouble.ts";

/**
 * Makes a plan with these credentials. Where a platform refuses some of them and a person can be asked, they
 * are asked for again, twice at most; `retype` puts what was typed among the others. Throws CredentialsWrong where they stay
 * refused, and OperatorError where the platform cannot be reached: other credentials would not help.
 */
export async function untilAccepted<Credentials, Plan>(
  credentials: Credentials,
  plan: (credentials: Credentials) => Promise<Plan>,
  retype: (credentials: Credentials, typed: GivenCredentials) => Credentials,
  terminal: Terminal,
): Promise<Plan> {
  let current = credentials;
  for (let tries = 1; ; tries += 1) {
    try {
      return await plan(current);
    } catch (error) {
      if (troubleOf(error) !== undefined) {
        throw new OperatorError(
          `${describeError(error)} This is no fault of the credentials; nothing was changed.`,
        );
      }
      const isLast = !terminal.canAsk || tries === TRIES;
      if (!(error instanceof CredentialsWrong) || isLast) throw error;
      terminal.print(`  ✗ ${error.message}`);
      current = retype(current, await askAgain(error.names, terminal));
    }
  }
}
