import {
  type CloudWatchClient,
  type MetricDataQuery,
  paginateGetMetricData,
} from "@aws-sdk/client-cloudwatch";
import {
  DIMENSIONS,
  METRICS,
  METRICS_NAMESPACE,
} from "../../../lambdas/shared/contract/metric-names.ts";
import { SERVICES } from "../../../lambdas/shared/contract/services.ts";
import type { Target } from "../market/target.ts";

/** What a brand's answers of this month went out by. */
export interface Answers {
  /** LINE bills them. */
  pushes: number;
  replies: number;
  /** The share of replies, rounded down; absent where nothing went out. */
  freePercent?: number;
}

/** By brand key; every brand has one. */
export type ReadAnswers = () => Promise<Map<string, Answers>>;

/** CloudWatch bills each metric that is asked for, and gets a new value once a minute. */
const KEPT_MS = 60_000;

/** A divisor of LINE's hours, in which CloudWatch keeps values for more than a month. */
const PERIOD_SECONDS = 3_600;

const LINE_AHEAD_OF_UTC_MS = 9 * 3_600_000;

/**
 * Counts the pushes and replies of a market's brands since the month began, in one request a minute at most. Needs
 * cloudwatch:GetMetricData. The reader throws when AWS refuses.
 */
export function createAnswersReader(
  { aws, market, settings }: Target,
  now: () => number,
): ReadAnswers {
  const brands = Object.keys(settings.brands);
  let kept: { at: number; answers: Map<string, Answers> } | undefined;
  return async () => {
    const at = now();
    if (kept === undefined || at - kept.at >= KEPT_MS) {
      kept = { at, answers: await readAnswers(aws.cloudWatch, market, brands, at) };
    }
    return kept.answers;
  };
}

/**
 * When the month at `time` began, in ms. LINE counts days in UTC+9, wherever an account is from; of its months it
 * says nothing. https://developers.line.biz/en/reference/messaging-api/#get-number-of-push-messages
 */
export function monthOfLine(time: number): number {
  const there = new Date(time + LINE_AHEAD_OF_UTC_MS);
  return Date.UTC(there.getUTCFullYear(), there.getUTCMonth()) - LINE_AHEAD_OF_UTC_MS;
}

async function readAnswers(
  cloudWatch: CloudWatchClient,
  market: string,
  brands: string[],
  now: number,
): Promise<Map<string, Answers>> {
  const queries = brands.flatMap((brand, index) => [
    query(`pushes${index}`, METRICS.pushed, market, brand),
    query(`replies${index}`, METRICS.replied, market, brand),
  ]);
  const sums = new Map<string, number>();
  const pages = paginateGetMetricData(
    { client: cloudWatch },
    {
      MetricDataQueries: queries,
      StartTime: new Date(monthOfLine(now)),
      EndTime: new Date(now),
    },
  );
  for await (const { MetricDataResults = [] } of pages) {
    for (const { Id = "", Values = [] } of MetricDataResults) {
      sums.set(
        Id,
        Values.reduce((total, each) => total + each, sums.get(Id) ?? 0),
      );
    }
  }
  const sum = (id: string) => sums.get(id) ?? 0;
  return new Map(
    brands.map((brand, index) => [brand, answersOf(sum(`pushes${index}`), sum(`replies${index}`))]),
  );
}

function answersOf(pushes: number, replies: number): Answers {
  const all = pushes + replies;
  return { pushes, replies, ...(all > 0 && { freePercent: Math.floor((100 * replies) / all) }) };
}

function query(id: string, name: string, market: string, brand: string): MetricDataQuery {
  const dimensions = {
    [DIMENSIONS.service]: SERVICES.outboundSender,
    [DIMENSIONS.market]: market,
    [DIMENSIONS.brand]: brand,
  };
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: METRICS_NAMESPACE,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: PERIOD_SECONDS,
      Stat: "Sum",
    },
  };
}
