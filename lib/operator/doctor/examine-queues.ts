import type { SQSClient } from "@aws-sdk/client-sqs";
import { DIRECTIONS } from "../../../lambdas/shared/contract/queue-names.ts";
import { readQueue } from "../market/queue-counts.ts";
import type { BrandStack, Stack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import { type Examination, Wrong } from "./examination.ts";

/** Checks the brand's queues: that they exist, and where SQS puts what it gives up. */
export async function examineQueues(
  { queues }: BrandStack,
  { deadLetters }: Stack,
  target: Target,
  { check }: Examination,
): Promise<void> {
  for (const direction of DIRECTIONS) {
    await check(
      `${direction} queue`,
      `Deploy the stack again: npx cdk deploy ${target.stackName}`,
      () => checkQueue(target.aws.sqs, queues[direction], deadLetters[direction]),
    );
  }
}

async function checkQueue(sqs: SQSClient, url: string, deadLetterUrl: string) {
  const { waiting, inFlight, redrivePolicy } = await readQueue(sqs, url);
  if (!redrivePolicy.includes(deadLetterUrl.split("/").at(-1) ?? "")) {
    throw new Wrong(
      "the queue has lost its dead-letter queue",
      "Deploy the stack again, and undo what was changed by hand in the SQS console.",
    );
  }
  return { detail: `${waiting} waiting, ${inFlight} in flight or backing off`, value: undefined };
}
