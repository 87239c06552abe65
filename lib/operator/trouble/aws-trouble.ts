import { calledUrl } from "../market/called-url.ts";
import { causeOfError } from "./cause-of.ts";
import type { Cause } from "./causes.ts";
import { describeCause, type Trouble } from "./describe-cause.ts";

const SIGN_IN =
  "Sign in (aws sso login), or store access keys (aws configure); AWS_PROFILE chooses between several.";
const WHO_AM_I = "check with: aws sts get-caller-identity";

/** What AWS answers, by the name of its error: https://docs.aws.amazon.com/general/latest/gr/api-error-codes.html */
const ANSWERS: readonly [RegExp, (error: Error) => Trouble][] = [
  [/^CredentialsProviderError$/, withoutCredentials],
  [/^(ExpiredToken|RequestExpired|TokenRefreshRequired)/, () => expired()],
  [/^(RequestTimeTooSkewed|RequestInTheFuture)/, () => skewed()],
  [
    /^(InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|InvalidToken|AuthFailure|MissingAuthenticationToken|IncompleteSignature|InvalidSignature|SignatureDoesNotMatch|OptInRequired)/,
    unknownCredentials,
  ],
  [/^(AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized)/, denied],
  [
    /^(ResourceNotFound|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue|NoSuchBucket)/,
    ({ name }) => ({
      detail: `a part of the stack does not exist (${name})`,
      fix: "Deploy the stack again (npx cdk deploy), and undo what was deleted by hand.",
    }),
  ],
];

/** The names of too many requests, in the different services. */
const BUSY =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|SlowDown|ProvisionedThroughput)/;

/** What is wrong with a call to AWS; undefined for errors of anything else, and answers that are about the call. */
export function awsTrouble(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  for (const [names, describe] of ANSWERS) if (names.test(error.name)) return describe(error);
  const url = calledUrl(error);
  if (url === undefined && !("$metadata" in error)) return undefined;
  const { statusCode, contentType } = answerOf(error);
  const cause = statusCode ? causeOfStatus(error, statusCode, contentType) : causeOfError(error);
  return cause && describeCause(cause, { who: "AWS", url, status: statusCode });
}

/** AWS's own answers have a name; where nothing of theirs could be read, somebody else has answered. */
function causeOfStatus(error: Error, status: number, contentType: string): Cause | undefined {
  if (BUSY.test(error.name) || status === 429) return "busy";
  if (status === 407) return "proxyLogin";
  if (status >= 500) return "down";
  if (/html/i.test(contentType)) return "page";
  if (status >= 300 && status < 400) return "redirect";
  return error instanceof SyntaxError || /parse error/.test(error.message) ? "noJson" : undefined;
}

/** The SDK keeps the answer in a field that is not listed. */
function answerOf(error: Error): { statusCode: number | undefined; contentType: string } {
  const { $metadata, $response } = error as Error & {
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number; headers?: Record<string, string> };
  };
  return {
    statusCode: $response?.statusCode ?? $metadata?.httpStatusCode,
    contentType: $response?.headers?.["content-type"] ?? "",
  };
}

function withoutCredentials({ message }: Error): Trouble {
  if (/expired|sso session|refresh/i.test(message)) return expired();
  const profile = process.env.AWS_PROFILE;
  if (profile !== undefined && /profile/i.test(message)) {
    return {
      detail: `the AWS profile ${profile} (AWS_PROFILE) gives no credentials`,
      fix: `Configure it (aws configure --profile ${profile}, or aws configure sso), or choose one of: aws configure list-profiles`,
    };
  }
  return { detail: "there are no AWS credentials", fix: SIGN_IN };
}

function expired(): Trouble {
  return {
    detail: "the AWS credentials have expired",
    fix: "Sign in again (aws sso login), or set new temporary credentials.",
  };
}

function skewed(): Trouble {
  return {
    detail: "AWS refuses the time of this machine's clock",
    fix: "Set this machine's clock with a time server.",
  };
}

function unknownCredentials(error: Error): Trouble {
  if (/expired|not yet current/i.test(error.message) && /^(Inv|Sig)/.test(error.name))
    return skewed();
  const host = calledUrl(error)?.hostname;
  return {
    detail: `AWS does not accept the credentials${host === undefined ? "" : ` at ${host}`} (${error.name})`,
    fix: `Give the right ones (${WHO_AM_I}), and switch the region on in this account (Account > AWS Regions) if it is off.`,
  };
}

/** AWS's message names the caller, the action and the resource. */
function denied({ message, name }: Error): Trouble {
  const action = /perform: ([\w-]+:\w+)/.exec(message)?.[1];
  const resource = / on resource: (\S+)/.exec(message)?.[1];
  const on = resource === undefined ? "" : ` on ${resource}`;
  if (action === undefined) {
    return {
      detail: `AWS denies access (${name})`,
      fix: `Use an account and role that may read and change this stack: ${WHO_AM_I}`,
    };
  }
  return {
    detail: `AWS denies ${action}${on}`,
    fix: /explicit deny/i.test(message)
      ? `A policy denies it explicitly: ask your AWS administrators to allow ${action}.`
      : `Give the role that you are signed in with the permission ${action}, or sign in with another one: ${WHO_AM_I}`,
  };
}
