import { readStack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import type { Terminal } from "../terminal.ts";
import { type DiscardRecord, readRecords } from "./discard-record.ts";
import {
  describeUnseen,
  type Found,
  findLetters,
  type LetterChoice,
  type LookClock,
} from "./find-letters.ts";
import { describeLetter } from "./letter-facts.ts";

/** Lists dead letters, the oldest first, and leaves all of them there. Throws AbortError when it is interrupted. */
export async function listLetters(
  target: Target,
  choice: LetterChoice,
  terminal: Terminal,
  clock: LookClock,
): Promise<Found> {
  const stack = await readStack(target);
  const found = await terminal.progress("Looking at the dead letters …", () =>
    findLetters(target.aws.sqs, stack, choice, clock),
  );
  for (const letter of found.letters) terminal.print(describeLetter(letter, clock.now()));
  terminal.print(
    found.letters.length === 1 ? "1 dead letter" : `${found.letters.length} dead letters`,
  );
  const unseen = describeUnseen(found);
  if (unseen !== undefined) terminal.print(unseen);
  return found;
}

/** Lists the records of letters that were discarded, the oldest first. */
export async function listDiscarded(
  target: Target,
  { queue, brand, reason }: LetterChoice,
  terminal: Terminal,
): Promise<DiscardRecord[]> {
  const { tableName } = await readStack(target);
  const all = await readRecords(target.aws.dynamodb, tableName);
  const records = all.filter(
    (record) =>
      (queue ?? record.queue) === record.queue &&
      (brand ?? record.brand) === record.brand &&
      (reason ?? record.reason) === record.reason,
  );
  for (const { at, by, because, ...letter } of records) {
    terminal.print(`${at}  ${by}: ${because}`);
    terminal.print(`  ${describeLetter(letter, Date.parse(at))}`);
  }
  terminal.print(`${records.length} discarded`);
  return records;
}
