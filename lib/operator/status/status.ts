import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Direction } from "../../../lambdas/shared/contract/queue-names.ts";
import { channelSecretSchema } from "../../../lambdas/shared/line/channel-secret.ts";
import { countLetters } from "../dead-letters/dead-letters.ts";
import { describeError, isAccessDenied } from "../errors.ts";
import { type QueueCounts, readQueue } from "../market/queue-counts.ts";
import { readFields } from "../market/secret-fields.ts";
import { type BrandStack, readStack } from "../market/stack.ts";
import { operatorCommand, type Target } from "../market/target.ts";
import { createLineAccount } from "../platforms/line-account.ts";
import { type Answers, createAnswersReader, type ReadAnswers } from "./answers.ts";

/** The state of a market at this moment. */
export interface Status {
  market: string;
  at: string;
  /** LINE could be asked for every brand. Dead letters and waiting messages are no fault of the reading. */
  ok: boolean;
  /** Of all brands together. */
  queues: Record<Direction, QueueStatus>;
  brands: BrandStatus[];
  /** Why pushes and replies are not known, which is no fault of the market. */
  answersFault?: string;
  /** Its URL, null where the market wants none. Absent for a bridge on this machine. */
  dashboard?: string | null;
}

interface QueueStatus extends QueueCounts {
  deadLetters: number;
}

interface BrandStatus {
  brand: string;
  queues: Record<Direction, QueueCounts>;
  /** LINE's count of this month's messages; without `limit` if the plan has none. */
  quota?: { used: number; limit?: number };
  /** Why LINE could not be asked. */
  fault?: string;
  /** How the brand is set to answer. */
  reply: "push" | "reply-first";
  /** Of this month; absent if CloudWatch could not be asked. */
  answers?: Answers;
}

const NO_DASHBOARD =
  'no dashboard: see lib/cloud/RUNBOOK.md#without-the-dashboard, or deploy the market with "dashboard": true';

/** Reads the market's status. Throws OperatorError when the stack is not there. */
export async function readStatus(
  target: Target,
  now: () => number,
  readAnswers: ReadAnswers = createAnswersReader(target, now),
): Promise<Status> {
  const stack = await readStack(target);
  const { sqs } = target.aws;
  const [inboundLetters, outboundLetters, answers, ...brands] = await Promise.all([
    countLetters(sqs, stack.deadLetters.inbound),
    countLetters(sqs, stack.deadLetters.outbound),
    answersOf(readAnswers),
    ...stack.brands.map(
      async (brand): Promise<BrandStatus> => ({
        brand: brand.key,
        reply: target.settings.brands[brand.key]?.reply ?? "push",
        queues: await queuesOf(sqs, brand),
        ...(await quotaOf(brand, target)),
      }),
    ),
  ]);
  const total = (direction: Direction, deadLetters: number): QueueStatus => ({
    waiting: sum(brands.map(({ queues }) => queues[direction].waiting)),
    inFlight: sum(brands.map(({ queues }) => queues[direction].inFlight)),
    deadLetters,
  });
  return {
    market: target.market,
    at: new Date(now()).toISOString(),
    ok: brands.every(({ fault }) => fault === undefined),
    queues: {
      inbound: total("inbound", inboundLetters),
      outbound: total("outbound", outboundLetters),
    },
    brands: brands.map((brand) => {
      const known = answers.known?.get(brand.brand);
      return { ...brand, ...(known !== undefined && { answers: known }) };
    }),
    ...(answers.fault !== undefined && { answersFault: answers.fault }),
    ...(target.local === undefined && { dashboard: stack.dashboardUrl ?? null }),
  };
}

/** The status for people. */
export function describeStatus(status: Status): string[] {
  const { market, at, queues, brands, answersFault, dashboard } = status;
  const wantsReplies = brands.some(({ reply }) => reply === "reply-first");
  return [
    `${market}, ${at}`,
    ...Object.entries(queues).map(
      ([name, counts]) => `  ${describeCounts(name, counts)} · ${counts.deadLetters} dead letters`,
    ),
    ...brands.flatMap((brand) => [
      `  ${brand.brand}: ${brand.fault ?? describeQuota(brand.quota)}`,
      ...describeAnswers(brand),
      ...Object.entries(brand.queues).map(
        ([name, counts]) => `    ${describeCounts(name, counts)}`,
      ),
    ]),
    ...(answersFault === undefined || !wantsReplies
      ? []
      : [`  pushes and replies of this month are not known: ${answersFault}`]),
    ...(dashboard === undefined ? [] : [`  ${dashboard ?? NO_DASHBOARD}`]),
  ];
}

function describeCounts(name: string, { waiting, inFlight }: QueueCounts): string {
  return `${name.padEnd(10)}${waiting} waiting · ${inFlight} in flight or backing off`;
}

function describeQuota(quota: BrandStatus["quota"]): string {
  if (quota === undefined) return "";
  const { used, limit } = quota;
  return limit === undefined
    ? `${used} LINE messages this month`
    : `${used} of ${limit} LINE messages this month`;
}

/** Where no reply is wanted and none was made, LINE's count tells all. */
function describeAnswers({ reply, answers }: BrandStatus): string[] {
  if (answers === undefined || (reply === "push" && answers.replies === 0)) return [];
  const { pushes, replies, freePercent: percent } = answers;
  const free = percent === undefined ? "" : `: ${percent} % of the answers were free`;
  return [`    ${pushes} pushes, ${replies} replies this month${free}`];
}

/** A market is healthy or not whether its metrics can be read or not. */
async function answersOf(
  readAnswers: ReadAnswers,
): Promise<{ known?: Map<string, Answers>; fault?: string }> {
  try {
    return { known: await readAnswers() };
  } catch (error) {
    const fault = isAccessDenied(error)
      ? "AWS does not let this user ask. Allow cloudwatch:GetMetricData to whoever runs this command."
      : describeError(error);
    return { fault };
  }
}

async function queuesOf(sqs: SQSClient, { queues }: BrandStack): Promise<BrandStatus["queues"]> {
  const counts = async (url: string): Promise<QueueCounts> => {
    const { waiting, inFlight } = await readQueue(sqs, url);
    return { waiting, inFlight };
  };
  const [inbound, outbound] = await Promise.all([counts(queues.inbound), counts(queues.outbound)]);
  return { inbound, outbound };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

async function quotaOf(
  { key, lineSecret }: BrandStack,
  target: Target,
): Promise<Pick<BrandStatus, "quota" | "fault">> {
  try {
    const secret = channelSecretSchema.safeParse(await readFields(target.aws.secrets, lineSecret));
    if (!secret.success) {
      const setUp = `${operatorCommand("setup", target)} --brand ${key}`;
      return { fault: `not set up yet: ${setUp}` };
    }
    const { used, limit } = await createLineAccount(target.platforms.lineApi, secret.data).quota();
    return { quota: { used, ...(limit !== undefined && { limit }) } };
  } catch (error) {
    return { fault: describeError(error) };
  }
}
