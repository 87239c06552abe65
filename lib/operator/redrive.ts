import { randomUUID } from "node:crypto";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { QUOTA_EXCEEDED } from "../../lambdas/shared/line/failures.ts";
import { TRIED_SINCE } from "../../lambdas/shared/names.ts";
import { countLetters, deleteLetter, eachLetter, type Letter } from "./dead-letters.ts";
import { UsageError } from "./errors.ts";
import type { Clock } from "./set-up.ts";
import { chooseBrands, type QueuePair, readStack } from "./stack.ts";
import type { Target } from "./target.ts";
import type { Terminal } from "./terminal.ts";

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

/** What redrive does, or would do, with one queue's dead letters. */
export interface RedriveResult {
  queue: "inbound" | "outbound";
  /** Chosen ones, by reason. */
  redriven: Record<string, number>;
  /** Chosen ones that stay because they may have arrived in LINE, by reason. */
  heldBack: Record<string, number>;
  /** Not chosen, by reason. */
  others: Record<string, number>;
  /** Behind others of the same customer, where SQS does not show them. */
  unseen: number;
}

/** LINE knows a retry key for 24 h: until then a push that it has had is refused, and arrives once. */
const RETRY_KEY_TRUSTED_MS = 23 * 3_600_000;

type Fate = "redriven" | "heldBack" | "others";

/**
 * Puts dead letters back into their queues, a copy before the original is deleted. The order among a
 * customer's messages is not kept: later ones have gone on. Shows first what it will do; throws
 * UsageError when it may not.
 */
export async function redrive(
  target: Target,
  options: RedriveOptions,
  terminal: Terminal,
  { now, stopping }: Clock & { stopping?: AbortSignal },
): Promise<RedriveResult[]> {
  const stack = await readStack(target);
  chooseBrands(stack, options.brand);
  const { sqs } = target.aws;
  const queues = (["inbound", "outbound"] as const).filter(
    (queue) => options.queue === undefined || options.queue === queue,
  );
  const sweep = (work: "look" | "redrive") =>
    Promise.all(
      queues.map((queue) => sweepQueue(sqs, queue, stack[queue], options, work, { now, stopping })),
    );
  const planned = await terminal.progress("Looking at the dead letters …", () => sweep("look"));
  for (const result of planned) describeResult(result, "will go back", terminal);
  const isAny = planned.some(({ redriven }) => Object.keys(redriven).length > 0);
  if (options.dryRun || !isAny) return planned;
  terminal.print(
    "Order is not kept: messages that came later have been delivered. What fails again is parked again.",
  );
  if (!(await terminal.confirm("Go on?"))) throw new UsageError("Nothing was changed.");
  const done = await terminal.progress("Redriving …", () => sweep("redrive"));
  for (const result of done) describeResult(result, "went back", terminal);
  return done;
}

async function sweepQueue(
  sqs: SQSClient,
  queue: "inbound" | "outbound",
  { url, deadLetterUrl }: QueuePair,
  options: RedriveOptions,
  work: "look" | "redrive",
  { now, stopping }: { now: () => number; stopping: AbortSignal | undefined },
): Promise<RedriveResult> {
  const result: RedriveResult = { queue, redriven: {}, heldBack: {}, others: {}, unseen: 0 };
  let unseen = await countLetters(sqs, deadLetterUrl);
  await eachLetter(
    sqs,
    deadLetterUrl,
    async (letter) => {
      const since = queue === "outbound" ? triedSince(letter) : undefined;
      const fate = fateOf(letter, queue, options, since, now());
      result[fate][letter.reason] = (result[fate][letter.reason] ?? 0) + 1;
      unseen -= 1;
      if (fate !== "redriven" || work === "look") return false;
      await sendBack(sqs, url, letter, isTrusted(since, now()) ? since : undefined);
      await deleteLetter(sqs, deadLetterUrl, letter);
      return true;
    },
    stopping,
  );
  return { ...result, unseen: Math.max(0, unseen) };
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
  // Genesys Cloud's side has a record of what was delivered, and LINE has not sent what it refused.
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

function describeResult(result: RedriveResult, goes: string, terminal: Terminal): void {
  const { queue, redriven, heldBack, others, unseen } = result;
  const lines = [
    ...lineOf(redriven, goes),
    ...lineOf(
      heldBack,
      "stay: LINE may have them, and does not know their retry keys any more after 24 hours (--allow-duplicate redrives them all the same)",
    ),
    ...lineOf(others, "were not chosen"),
    ...(unseen > 0
      ? [`${unseen} lie behind others of the same customer and could not be looked at`]
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
