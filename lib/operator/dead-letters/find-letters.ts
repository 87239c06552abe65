import type { SQSClient } from "@aws-sdk/client-sqs";
import { DIRECTIONS, type Direction } from "../../../lambdas/shared/contract/queue-names.ts";
import type { Clock } from "../clock.ts";
import type { Stack } from "../market/stack.ts";
import { eachLetter, type Letter } from "./dead-letters.ts";
import { isChosen } from "./fate.ts";
import { factsOf, type LetterFacts } from "./letter-facts.ts";

/** Which dead letters a command is about; undefined chooses all. */
export interface LetterChoice {
  queue?: Direction | undefined;
  brand?: string | undefined;
  reason?: string | undefined;
  /** SQS's ids of letters. */
  ids?: readonly string[] | undefined;
}

export type LookClock = Pick<Clock, "now"> & { stopping?: AbortSignal };

export interface Found {
  /** The oldest first. */
  letters: LetterFacts[];
  /** How many letters SQS did not hand out; some may be chosen. */
  unseen: number;
}

/** The queues that a choice is about. */
export function queuesOf({ queue }: LetterChoice): Direction[] {
  return DIRECTIONS.filter((each) => queue === undefined || queue === each);
}

/** Whether a choice holds a letter. */
export function isOneOf(letter: Letter, choice: LetterChoice): boolean {
  if (choice.ids !== undefined && !choice.ids.includes(letter.messageId)) return false;
  return isChosen(letter, choice);
}

/**
 * Looks at the dead letters of a choice, at most ten of one customer, and gives all of them back. Meanwhile nobody
 * else can take them: a minute at most.
 */
export async function findLetters(
  sqs: SQSClient,
  { deadLetters }: Stack,
  choice: LetterChoice,
  { now, stopping }: LookClock,
): Promise<Found> {
  const letters: LetterFacts[] = [];
  let unseen = 0;
  for (const queue of queuesOf(choice)) {
    const look = async (letter: Letter) => {
      if (isOneOf(letter, choice)) letters.push(factsOf(letter, queue));
      return false;
    };
    unseen += await eachLetter(sqs, deadLetters[queue], look, stopping, now);
  }
  return { letters: letters.toSorted((a, b) => a.parkedAt.localeCompare(b.parkedAt)), unseen };
}

/** Why letters may be missing in what was found; undefined where none is. */
export function describeUnseen({ unseen }: Pick<Found, "unseen">): string | undefined {
  if (unseen === 0) return undefined;
  return `About ${unseen} more could not be looked at: SQS shows at most ten letters of a customer, and the next ones when these are gone, or somebody else is looking at them (try again in ten minutes).`;
}
