import type { SQSClient } from "@aws-sdk/client-sqs";
import { channelSecretSchema } from "../../../lambdas/shared/line/channel-secret.ts";
import { countLetters } from "../dead-letters/dead-letters.ts";
import { describeError } from "../errors.ts";
import { type QueueCounts, readQueue } from "../market/queue-counts.ts";
import { readFields } from "../market/secret-fields.ts";
import { type BrandStack, type QueuePair, readStack } from "../market/stack.ts";
import { operatorCommand, type Target } from "../market/target.ts";
import { createLineAccount } from "../platforms/line-account.ts";

/** The state of a market at this moment. */
export interface Status {
  market: string;
  at: string;
  queues: Record<"inbound" | "outbound", QueueStatus>;
  brands: BrandStatus[];
  /** Absent for a bridge on this machine. */
  dashboard?: string;
}

interface QueueStatus extends QueueCounts {
  deadLetters: number;
}

interface BrandStatus {
  brand: string;
  /** LINE's count of this month's messages; without `limit` if the plan has none. */
  quota?: { used: number; limit?: number };
  /** Why LINE could not be asked. */
  fault?: string;
}

/** Reads the market's status. Throws OperatorError when the stack is not there. */
export async function readStatus(target: Target, now: () => number): Promise<Status> {
  const stack = await readStack(target);
  const [inbound, outbound, ...brands] = await Promise.all([
    queueStatus(target.aws.sqs, stack.inbound),
    queueStatus(target.aws.sqs, stack.outbound),
    ...stack.brands.map((brand) => brandStatus(brand, target)),
  ]);
  return {
    market: target.market,
    at: new Date(now()).toISOString(),
    queues: { inbound, outbound },
    brands,
    ...(target.local === undefined && { dashboard: stack.dashboardUrl }),
  };
}

/** The status for people. */
export function describeStatus({ market, at, queues, brands, dashboard }: Status): string[] {
  return [
    `${market}, ${at}`,
    ...Object.entries(queues).map(
      ([name, { waiting, inFlight, deadLetters }]) =>
        `  ${name.padEnd(10)}${waiting} waiting · ${inFlight} in flight or backing off · ${deadLetters} dead letters`,
    ),
    ...brands.map(({ brand, quota, fault }) => `  ${brand}: ${fault ?? describeQuota(quota)}`),
    ...(dashboard === undefined ? [] : [`  ${dashboard}`]),
  ];
}

function describeQuota(quota: BrandStatus["quota"]): string {
  if (quota === undefined) return "";
  const { used, limit } = quota;
  return limit === undefined
    ? `${used} LINE messages this month`
    : `${used} of ${limit} LINE messages this month`;
}

async function queueStatus(
  sqs: SQSClient,
  { url, deadLetterUrl }: QueuePair,
): Promise<QueueStatus> {
  const { waiting, inFlight } = await readQueue(sqs, url);
  return { waiting, inFlight, deadLetters: await countLetters(sqs, deadLetterUrl) };
}

async function brandStatus({ key, lineSecret }: BrandStack, target: Target): Promise<BrandStatus> {
  try {
    const secret = channelSecretSchema.safeParse(await readFields(target.aws.secrets, lineSecret));
    if (!secret.success) {
      const setUp = `${operatorCommand("setup", target)} --brand ${key}`;
      return { brand: key, fault: `not set up yet: ${setUp}` };
    }
    const { used, limit } = await createLineAccount(target.platforms.lineApi, secret.data).quota();
    return { brand: key, quota: { used, ...(limit !== undefined && { limit }) } };
  } catch (error) {
    return { brand: key, fault: describeError(error) };
  }
}
