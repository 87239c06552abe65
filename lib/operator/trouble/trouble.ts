import { BridgeError, type FailedRequest } from "../../../lambdas/shared/failures/bridge-error.ts";
import { SecretFault } from "../../../lambdas/shared/secrets/secret-fault.ts";
import { awsTrouble } from "./aws-trouble.ts";
import { causeOfAnswer, causeOfError } from "./cause-of.ts";
import { describeCause, type Trouble } from "./describe-cause.ts";

/**
 * What has gone wrong on the way to a platform, to AWS or to the gateway, and what to do about it. Undefined if it
 * is something else: a platform that refuses credentials, a permission or a body.
 */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof BridgeError)) return awsTrouble(error);
  if (error.request !== undefined) return requestTrouble(error.request);
  if (!(error instanceof SecretFault) || error.cause === undefined) return undefined;
  // It could not be read.
  return (
    awsTrouble(error.cause) ??
    describeCause(causeOfError(error.cause) ?? "unknown", { who: "AWS", url: undefined })
  );
}

function requestTrouble({ who, url, error, answer }: FailedRequest): Trouble | undefined {
  if (answer === undefined) {
    return describeCause(causeOfError(error) ?? "unknown", { who, url });
  }
  const { status } = answer;
  const isAccepted = status >= 200 && status < 300;
  const isLogin = url.pathname.startsWith("/oauth");
  const cause = causeOfAnswer(answer, { isLogin }) ?? (isAccepted ? "undocumented" : undefined);
  return cause && describeCause(cause, { who, url, status });
}
