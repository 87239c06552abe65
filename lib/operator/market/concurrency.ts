import { functionsAtOnce, quotaToRequest } from "../../lambda-concurrency.ts";
import { allowedAtOnce } from "./account.ts";
import type { Target } from "./target.ts";

/** What Lambda allows the account, and what the market can use of it. */
export interface Concurrency {
  isEnough: boolean;
  text: string;
  /** How to get more. */
  fix: string;
}

/** Asks how many functions may run at a time in the market's region. Throws when AWS refuses. */
export async function readConcurrency({ aws, region, settings }: Target): Promise<Concurrency> {
  const allowed = await allowedAtOnce(aws.lambda);
  const needed = functionsAtOnce(settings);
  const counted = `Lambda runs ${allowed} functions of the account at once in ${region}, and this market can use ${needed}`;
  const isEnough = allowed >= needed;
  return {
    isEnough,
    text: isEnough
      ? counted
      : `${counted}: webhooks will be refused when much comes in, and messages lost`,
    fix: `Request ${quotaToRequest(needed)} before there is traffic, in Service Quotas > AWS Lambda > Concurrent executions: aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value ${quotaToRequest(needed)}`,
  };
}
