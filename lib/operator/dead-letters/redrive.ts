import { createHash, randomUUID } from "node:crypto";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { brandOfGroup } from "../../../lambdas/shared/contract/group-ids.ts";
import { DIRECTIONS, type Direction } from "../../../lambdas/shared/contract/queue-names.ts";
import { PUSH_ANYWAY, SENT_PARTS, TRIED_SINCE } from "../../../lambdas/shared/contract/redriven.ts";
import { REPLY_UNCLEAR } from "../../../lambdas/shared/line/failures.ts";
import { SPLIT_CHANGED } from "../../../lambdas/shared/queue/sent-parts.ts";
import type { Clock } from "../clock.ts";
import { OperatorError, UsageError } from "../errors.ts";
import { readStack, type Stack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import type { Terminal } from "../terminal.ts";
import { deleteLetter, eachLetter, type Letter } from "./dead-letters.ts";
import { type Choice, fateOf, isRetryKeyTrusted, triedSinceOf } from "./fate.ts";
import {
  count,
  describeResult,
  emptyResult,
  PUT_BACK,
  type RedriveResult,
} from "./redrive-result.ts";

export interface RedriveOptions extends Choice {
  /** Both if undefined. */
  queue?: Direction | undefined;
  /** Changes nothing. */
  dryRun: boolean;
}

type RedriveClock = Pick<Clock, "now"> & { stopping?: AbortSignal };

/**
 * Puts dead letters back into their brands' queues, a copy before the original is deleted, each one once. The
 * order of a customer's messages is not kept: later ones have been delivered. Says first what it will do.
 * Throws UsageError if nobody can agree to it or the brand has no queue, and AbortError when it is interrupted.
 */
export async function redrive(
  target: Target,
  options: RedriveOptions,
  terminal: Terminal,
  clock: RedriveClock,
): Promise<RedriveResult[]> {
  const stack = await readStack(target);
  const { brand } = options;
  if (brand !== undefined && !stack.brands.some(({ key }) => key === brand)) {
    const keys = stack.brands.map(({ key }) => key).join(", ");
    throw new UsageError(
      `--brand ${brand}: there is none in this market; choose one of ${keys}. ${PUT_BACK}`,
    );
  }
  const queues = DIRECTIONS.filter(
    (queue) => options.queue === undefined || options.queue === queue,
  );
  const sweepAll = async (work: Sweep["work"]): Promise<RedriveResult[]> => {
    const results: RedriveResult[] = [];
    // One queue after the other: when one fails, the other must not go on after the error message.
    for (const queue of queues) {
      const result = emptyResult(queue);
      results.push(result);
      try {
        await sweep(target.aws.sqs, stack, { choice: options, work, result, ...clock });
      } finally {
        for (const line of describeResult(result, work === "redrive")) terminal.print(line);
      }
    }
    return results;
  };
  const planned = await terminal.progress("Looking at the dead letters …", () => sweepAll("look"));
  const isAny = planned.some(({ redriven }) => Object.keys(redriven).length > 0);
  if (options.dryRun || !isAny) return planned;
  terminal.print(
    "Order is not kept: messages that came later have been delivered. Agents have been told that these failed.",
  );
  if (!(await terminal.confirm("Go on?"))) throw new OperatorError("Nothing was changed.");
  return terminal.progress("Redriving …", () => sweepAll("redrive"));
}

interface Sweep extends RedriveClock {
  choice: Choice;
  work: "look" | "redrive";
  /** Filled letter by letter, so that it is right also after a failure. */
  result: RedriveResult;
}

async function sweep(
  sqs: SQSClient,
  { brands, deadLetters }: Stack,
  { choice, work, result, now, stopping }: Sweep,
): Promise<void> {
  const { queue } = result;
  const deadLetterUrl = deadLetters[queue];
  const queueOf = new Map(brands.map(({ key, queues }) => [key, queues[queue]]));
  const sentBack = new Set<string>();
  const take = async (letter: Letter): Promise<boolean> => {
    const since = queue === "outbound" ? triedSinceOf(letter) : undefined;
    const url = queueOf.get(brandOfGroup(letter.groupId));
    const fingerprint = createHash("sha256").update(letter.body).digest("base64");
    const fate = sentBack.has(fingerprint)
      ? "parkedAgain"
      : fateOf(letter, queue, choice, url, since, now());
    const isTaken = fate === "redriven" && work === "redrive" && url !== undefined;
    if (isTaken) {
      await sendBack(sqs, url, letter, isRetryKeyTrusted(since, now()) ? since : undefined);
      sentBack.add(fingerprint);
      await deleteLetter(sqs, deadLetterUrl, letter);
    }
    count(result, fate, letter);
    return isTaken;
  };
  result.unseen = await eachLetter(sqs, deadLetterUrl, take, stopping);
}

/** The de-duplication id is new: within 5 minutes SQS would drop a message with the old one and report no error. */
async function sendBack(
  sqs: SQSClient,
  queueUrl: string,
  { body, groupId, reason, sentParts }: Letter,
  since: number | undefined,
): Promise<void> {
  // What was sent is to be sent again where its parts can no longer be told apart.
  const sent = reason === SPLIT_CHANGED ? undefined : sentParts;
  const attributes = {
    ...(since !== undefined && {
      [TRIED_SINCE]: { DataType: "Number", StringValue: String(since) },
    }),
    ...(sent !== undefined && { [SENT_PARTS]: { DataType: "String", StringValue: sent } }),
    ...(reason === REPLY_UNCLEAR && { [PUSH_ANYWAY]: { DataType: "String", StringValue: "true" } }),
  };
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageGroupId: groupId,
      MessageDeduplicationId: randomUUID(),
      ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
    }),
  );
}
