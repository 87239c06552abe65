import type { SQSClient } from "@aws-sdk/client-sqs";
import { NO_REASON } from "../../../lambdas/shared/contract/park-reasons.ts";
import { DIRECTIONS } from "../../../lambdas/shared/contract/queue-names.ts";
import type { LetterFacts } from "../../operator/dead-letters/letter-facts.ts";
import type { Ready } from "../ready.ts";
import type { DeadLetter } from "./queues-state.ts";

/**
 * Looks at the dead letters of a run and leaves them there; the oldest first, at most ten of a customer. It takes some
 * seconds, and meanwhile nobody else can take them. Rejects when SQS cannot be asked.
 */
export async function readDeadLetters(
  sqs: SQSClient,
  { queues, gateway }: Pick<Ready, "queues" | "gateway">,
): Promise<DeadLetter[]> {
  // Most pages are never asked for them.
  const { eachLetter } = await import("../../operator/dead-letters/dead-letters.ts");
  const { factsOf } = await import("../../operator/dead-letters/letter-facts.ts");
  const letters: LetterFacts[] = [];
  for (const queue of DIRECTIONS) {
    await eachLetter(
      sqs,
      queues[`${queue}DeadLetter`],
      async (letter) => {
        letters.push(factsOf(letter, queue));
        return false;
      },
      undefined,
      Date.now,
    );
  }
  return letters
    .toSorted((one, other) => one.parkedAt.localeCompare(other.parkedAt))
    .map((letter) => ({ ...letter, command: redriveCommand(letter, gateway) }));
}

/**
 * For example `npm run operator -- redrive --local http://127.0.0.1:3000 --brand retail --queue outbound --reason
 * LineRefused`. The gateway tells this run from others on this machine. A letter that SQS itself has moved has no
 * reason to choose it by.
 */
export function redriveCommand(
  { brand, queue, reason }: Pick<LetterFacts, "brand" | "queue" | "reason">,
  gateway: string,
): string {
  const chosen = reason === NO_REASON ? "" : ` --reason ${reason}`;
  return `npm run operator -- redrive --local ${gateway} --brand ${brand} --queue ${queue}${chosen}`;
}
