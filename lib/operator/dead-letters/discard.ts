import { OperatorError, UsageError } from "../errors.ts";
import { callerOf } from "../market/caller.ts";
import { readStack, type Stack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import type { Terminal } from "../terminal.ts";
import { deleteLetter, eachLetter, type Letter } from "./dead-letters.ts";
import { type DiscardRecord, keepRecord } from "./discard-record.ts";
import {
  describeUnseen,
  findLetters,
  isOneOf,
  type LetterChoice,
  type LookClock,
  queuesOf,
} from "./find-letters.ts";
import { describeLetter, factsOf, type LetterFacts } from "./letter-facts.ts";

export interface DiscardOptions extends LetterChoice {
  /** Why; kept for 400 days. */
  because: string | undefined;
}

export interface DiscardResult {
  discarded: DiscardRecord[];
  /** Ids that were named, and are of no letter that could be seen. */
  missing: string[];
  /** Letters that SQS did not hand out: some may be chosen. */
  unseen: number;
}

/** Whatever was chosen is gone. With ids, it does not matter what else there is. */
export function isAllDiscarded({ missing, unseen }: DiscardResult, { ids }: LetterChoice): boolean {
  return missing.length === 0 && (ids !== undefined || unseen === 0);
}

/**
 * Deletes dead letters for good: exactly those that it has shown before it asks, each after a record of it is kept.
 * Where others wait behind them, it begins again with these. Throws UsageError for options that choose nothing or
 * give no reason, or if nobody can agree to it, and AbortError when it is interrupted.
 */
export async function discard(
  target: Target,
  options: DiscardOptions,
  terminal: Terminal,
  clock: LookClock,
): Promise<DiscardResult> {
  const because = checkOptions(options);
  const stack = await readStack(target);
  const by = await callerOf(target);
  const result: DiscardResult = { discarded: [], missing: [], unseen: 0 };
  for (;;) {
    const { letters, unseen } = await terminal.progress("Looking at the dead letters …", () =>
      findLetters(target.aws.sqs, stack, options, clock),
    );
    result.unseen = unseen;
    if (letters.length === 0) break;
    await ask(letters, terminal, clock);
    const ids = letters.map(({ id }) => id);
    const choice = { ...options, ids };
    const recordOf = (facts: LetterFacts): DiscardRecord => {
      return { ...facts, at: new Date(clock.now()).toISOString(), by, because };
    };
    const isDone = (record: DiscardRecord) => {
      result.discarded.push(record);
      terminal.print(JSON.stringify({ message: "Discarded a dead letter", ...record }));
    };
    const before = result.discarded.length;
    await terminal.progress("Discarding …", () =>
      discardAll(target, stack, { choice, recordOf, isDone }, clock),
    );
    if (unseen === 0 || result.discarded.length === before) break;
  }
  const done = new Set(result.discarded.map(({ id }) => id));
  result.missing = (options.ids ?? []).filter((id) => !done.has(id));
  for (const line of describeResult(result, options)) terminal.print(line);
  return result;
}

/** Of a LINE user, group or room. */
const CUSTOMER_ID = /[UCR][0-9a-f]{32}/i;
const MAX_WORDS = 200;

function checkOptions({ ids, reason, because = "" }: DiscardOptions): string {
  if (ids === undefined && reason === undefined) {
    throw new UsageError(
      "--id or --reason is missing: say which letters; the verb letters lists them",
    );
  }
  const words = because.trim();
  if (words === "" || words.length > MAX_WORDS) {
    throw new UsageError(
      `--because: must say in 1 to ${MAX_WORDS} characters why nobody needs these messages; it is kept with who discarded them`,
    );
  }
  if (CUSTOMER_ID.test(words)) {
    throw new UsageError("--because: must not name a customer, and holds a LINE id");
  }
  return words;
}

async function ask(
  letters: readonly LetterFacts[],
  terminal: Terminal,
  { now }: LookClock,
): Promise<void> {
  for (const letter of letters) terminal.print(describeLetter(letter, now()));
  terminal.print("This cannot be undone: nobody will get these messages.");
  if (await terminal.confirm(`Discard ${letters.length}?`)) return;
  throw new OperatorError("These were not discarded.");
}

interface Discarding {
  choice: LetterChoice;
  recordOf(facts: LetterFacts): DiscardRecord;
  /** The letter is gone. */
  isDone(record: DiscardRecord): void;
}

async function discardAll(
  { aws }: Target,
  { deadLetters, tableName }: Stack,
  { choice, recordOf, isDone }: Discarding,
  { stopping }: LookClock,
): Promise<void> {
  for (const queue of queuesOf(choice)) {
    const url = deadLetters[queue];
    const take = async (letter: Letter): Promise<boolean> => {
      if (!isOneOf(letter, choice)) return false;
      const record = recordOf(factsOf(letter, queue));
      // Before, so that no letter is gone without a record.
      await keepRecord(aws.dynamodb, tableName, record);
      await deleteLetter(aws.sqs, url, letter);
      isDone(record);
      return true;
    };
    await eachLetter(aws.sqs, url, take, stopping);
  }
}

function describeResult(result: DiscardResult, options: LetterChoice): string[] {
  const { discarded, missing } = result;
  const unseen = isAllDiscarded(result, options) ? undefined : describeUnseen(result);
  return [
    discarded.length === 0 ? "Nothing was discarded." : `${discarded.length} discarded.`,
    ...missing.map((id) => `${id}: there is no such letter, or it could not be looked at.`),
    ...(unseen === undefined ? [] : [unseen]),
  ];
}
