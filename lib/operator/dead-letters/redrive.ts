import { createHash, randomUUID } from "node:crypto";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { RETRY_KEY_TRUSTED_MS, TRIED_SINCE } from "../../../lambdas/shared/contract/redriven.ts";
import { QUOTA_EXCEEDED } from "../../../lambdas/shared/line/failures.ts";
import type { Clock } from "../clock.ts";
import { OperatorError } from "../errors.ts";
import { chooseBrands, type QueuePair, readStack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import type { Terminal } from "../terminal.ts";
import { deleteLetter, eachLetter, type Letter } from "./dead-letters.ts";

export interface RedriveOptions {
  /** Both if undefined. */
  queue?: "inbound" | "outbound" | undefined;
  reason?: string | undefined;
  brand?: string | undefined;
  /** Changes nothing. */
  dryRun: boolean;
  /** Also what may have arrived already. */
  allowDuplicate: boolean;
}

/** What redrive does, or would do, with one queue's dead letters; counts by reason. */
export interface RedriveResult {
  queue: "inbound" | "outbound";
  redriven: Record<string, number>;
  /** Redriven, and back again before this ended: the cause is still there. */
  parkedAgain: Record<string, number>;
  /** Chosen, but they may have arrived in LINE. */
  heldBack: Record<string, number>;
  /** Not chosen. */
  others: Record<string, number>;
  /** That SQS did not hand out. */
  unseen: number;
}

type Fate = "redriven" | "parkedAgain" | "heldBack" | "others";

/**
 * Puts dead letters back into their queues, a copy before the original is deleted, each one once. The
 * order among a customer's messages is not kept: later ones have gone on. Shows first what it will do;
 * throws UsageError when it may not, and AbortError when it is interrupted.
 */
export async function redrive(
  target: Target,
  options: RedriveOptions,
  terminal: Terminal,
  clock: RedriveClock,
): Promise<RedriveResult[]> {
  const stack = await readStack(target);
  chooseBrands(stack, options.brand);
  const queues = (["inbound", "outbound"] as const).filter(
    (queue) => options.queue === undefined || options.queue === queue,
  );
  const sweep = async (work: Work): Promise<RedriveResult[]> => {
    const results: RedriveResult[] = [];
    // One after the other: a failure in one must not leave the other running behind the message.
    for (const queue of queues) {
      results.push(emptyResult(queue));
      const result = results.at(-1) ?? emptyResult(queue);
      try {
        await sweepQueue(target.aws.sqs, stack[queue], { options, work, result, ...clock });
      } finally {
        describeResult(result, work, terminal);
      }
    }
    return results;
  };
  const planned = await terminal.progress("Looking at the dead letters …", () => sweep("look"));
  const isAny = planned.some(({ redriven }) => Object.keys(redriven).length > 0);
  if (options.dryRun || !isAny) return planned;
  terminal.print(
    "Order is not kept: messages that came later have been delivered. Agents have been told that these failed.",
  );
  if (!(await terminal.confirm("Go on?"))) throw new OperatorError("Nothing was changed.");
  return terminal.progress("Redriving …", () => sweep("redrive"));
}

/** Whether everything that was chosen has gone back, and stayed away. */
export function isComplete({ heldBack, parkedAgain, unseen }: RedriveResult): boolean {
  return unseen === 0 && Object.keys(heldBack).length + Object.keys(parkedAgain).length === 0;
}

type Work = "look" | "redrive";
type RedriveClock = Pick<Clock, "now"> & { stopping?: AbortSignal };

function emptyResult(queue: RedriveResult["queue"]): RedriveResult {
  return { queue, redriven: {}, parkedAgain: {}, heldBack: {}, others: {}, unseen: 0 };
}

async function sweepQueue(
  sqs: SQSClient,
  { url, deadLetterUrl }: QueuePair,
  sweep: { options: RedriveOptions; work: Work; result: RedriveResult } & RedriveClock,
): Promise<void> {
  const { options, work, result, now, stopping } = sweep;
  const sentBack = new Set<string>();
  const take = async (letter: Letter): Promise<boolean> => {
    const since = result.queue === "outbound" ? triedSince(letter) : undefined;
    const fingerprint = createHash("sha256").update(letter.body).digest("base64");
    const fate = sentBack.has(fingerprint)
      ? "parkedAgain"
      : fateOf(letter, result.queue, options, since, now());
    if (fate === "redriven" && work === "redrive") {
      await sendBack(sqs, url, letter, isTrusted(since, now()) ? since : undefined);
      sentBack.add(fingerprint);
      await deleteLetter(sqs, deadLetterUrl, letter);
    }
    result[fate][letter.reason] = (result[fate][letter.reason] ?? 0) + 1;
    return fate === "redriven" && work === "redrive";
  };
  result.unseen = await eachLetter(sqs, deadLetterUrl, take, stopping);
}

function fateOf(
  { reason, groupId }: Letter,
  queue: "inbound" | "outbound",
  options: RedriveOptions,
  since: number | undefined,
  now: number,
): Fate {
  if (options.reason !== undefined && reason !== options.reason) return "others";
  if (options.brand !== undefined && !groupId.startsWith(`${options.brand}#`)) return "others";
  // What Genesys Cloud has accepted of an inbound message is on record for a day; LINE has not sent what
  // it refused for the quota.
  const isSafe = queue === "inbound" || reason === QUOTA_EXCEEDED || isTrusted(since, now);
  return isSafe || options.allowDuplicate ? "redriven" : "heldBack";
}

const outboundBody = z.object({
  message: z.object({ channel: z.object({ time: z.iso.datetime({ offset: true }) }) }),
});

/** A time (ms) before the first try: when the agent wrote the message. Undefined if it does not say. */
function triedSince({ body }: Letter): number | undefined {
  try {
    return Date.parse(outboundBody.parse(JSON.parse(body)).message.channel.time);
  } catch {
    return undefined;
  }
}

function isTrusted(since: number | undefined, now: number): boolean {
  return since !== undefined && now - since < RETRY_KEY_TRUSTED_MS;
}

/** The de-duplication id is new: SQS would swallow the old one in silence within 5 minutes. */
async function sendBack(
  sqs: SQSClient,
  queueUrl: string,
  { body, groupId }: Letter,
  since: number | undefined,
): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageGroupId: groupId,
      MessageDeduplicationId: randomUUID(),
      ...(since !== undefined && {
        MessageAttributes: { [TRIED_SINCE]: { DataType: "Number", StringValue: String(since) } },
      }),
    }),
  );
}

function describeResult(result: RedriveResult, work: Work, terminal: Terminal): void {
  const { queue, redriven, parkedAgain, heldBack, others, unseen } = result;
  const lines = [
    ...lineOf(redriven, work === "look" ? "will go back" : "went back"),
    ...lineOf(parkedAgain, "of these have been parked again: the cause is still there"),
    ...lineOf(
      heldBack,
      "stay: LINE may have them, and does not know their retry keys any more after 24 hours (--allow-duplicate redrives them all the same)",
    ),
    ...lineOf(others, "were not chosen"),
    ...(unseen > 0
      ? [
          `${unseen} could not be looked at: they lie behind others of the same customer (redrive without --reason), or somebody else is looking at them (try again in ten minutes)`,
        ]
      : []),
  ];
  for (const line of lines.length > 0 ? lines : ["no dead letters"]) {
    terminal.print(`${queue}: ${line}`);
  }
}

function lineOf(counts: Record<string, number>, what: string): string[] {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return [];
  const reasons = Object.entries(counts).map(([reason, count]) => `${reason} ${count}`);
  return [`${total} ${what} (${reasons.join(", ")})`];
}
