import { OperatorError, UsageError } from "../errors.ts";
import { chooseBrands, readStack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import type { Terminal } from "../terminal.ts";
import { createEraser, type ForgetResult } from "./eraser.ts";

/** LINE's ids of users, groups and rooms. */
const CUSTOMER_ID = /^[UCR][0-9a-f]{32}$/;

/**
 * Erases the data that the bridge keeps of a customer: the record, names in groups, hosted media, dead
 * letters. It cannot erase the data of Genesys Cloud and LINE; logs and metrics hold nothing personal.
 * Throws UsageError if `user` is no LINE id.
 */
export async function forget(
  target: Target,
  { user, brand }: { user: string; brand?: string | undefined },
  terminal: Terminal,
  stopping?: AbortSignal,
): Promise<ForgetResult> {
  if (!CUSTOMER_ID.test(user)) {
    throw new UsageError(
      "--user: must be a LINE user, group or room id: U, C or R and 32 hexadecimal digits (Genesys Cloud shows it as the participant's address)",
    );
  }
  const stack = await readStack(target);
  const brands = chooseBrands(stack, brand).map(({ key }) => key);
  const eraser = await createEraser(target, stack, brands, user, stopping);
  const found = await terminal.progress("Looking for what is kept …", () => eraser("look"));
  terminal.print(describe("Kept of this customer", found));
  if (found.records + found.mediaObjects + found.deadLetters === 0) return found;
  terminal.print(`This cannot be undone. It concerns ${brands.join(", ")}.`);
  if (!(await terminal.confirm("Erase it?"))) throw new OperatorError("Nothing was erased.");
  const erased = await terminal.progress("Erasing …", () => eraser("erase"));
  terminal.print(describe("Erased", erased));
  return erased;
}

function describe(what: string, result: ForgetResult): string {
  const { records, mediaObjects, deadLetters, unseenLetters } = result;
  const unseen =
    unseenLetters === 0
      ? ""
      : ` ${unseenLetters} dead letters could not be looked at, because they wait behind other letters of the same customer or somebody else is looking at them: redrive, or try again in ten minutes.`;
  return `${what}: ${records} records, ${mediaObjects} media objects, ${deadLetters} dead letters.${unseen}`;
}
