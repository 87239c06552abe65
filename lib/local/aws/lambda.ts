import type { HttpServer } from "../http-server.ts";
import type { OnLog } from "../log-line.ts";
import type { AwsGate } from "./access/aws-gate.ts";
import { invokedFunction, lambdaAccess } from "./access/lambda-access.ts";
import { parseJson } from "./aws-json.ts";
import { type AwsRequest, type AwsResponse, startAwsServer } from "./aws-server.ts";

/** AWS's ordinary quotas. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ACCOUNT_SETTINGS = {
  AccountLimit: {
    TotalCodeSize: 80_530_636_800,
    CodeSizeUnzipped: 262_144_000,
    CodeSizeZipped: 52_428_800,
    ConcurrentExecutions: 1_000,
    UnreservedConcurrentExecutions: 1_000,
  },
  AccountUsage: { TotalCodeSize: 0, FunctionCount: 6 },
};

/** Of an asynchronous invocation. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const MAX_EVENT_BYTES = 1_048_576;
/** For how long Lambda keeps an event that it cannot run, unless the template says otherwise. */
const EVENT_AGE_SECONDS = 6 * 3_600;

/** A function that can be invoked here. */
interface InvocableFunction {
  name: string;
  arn: string;
  /** Its short name. */
  service: string;
}

export interface LambdaOptions {
  gate: AwsGate;
  /** Asked at each call. */
  functions(): InvocableFunction[];
  /** For how many seconds an event of this function may wait for a process; undefined where the template does not say. */
  maxEventAge(service: string): number | undefined;
  /** Runs a function. What nobody waits for any more, when its turn comes, is left out. */
  run(
    service: string,
    event: unknown,
    isWaiting: () => boolean,
  ): Promise<{ ok: true } | { ok: false; error: { errorType: string } }>;
  onLog: OnLog;
}

/**
 * Starts a stand-in for AWS Lambda's API (REST and JSON). It answers GetAccountSettings, of an ordinary account, and
 * Invoke with the invocation type Event, which it takes before it runs the function: once, as if the template asked
 * for no further tries. Lambda can also run a function twice for one event.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
 */
export function startLambda(options: LambdaOptions): Promise<HttpServer> {
  const find = (asked: string) =>
    options.functions().find(({ name, arn }) => name === asked || arn === asked);
  const access = lambdaAccess((asked) => find(asked)?.arn);

  return startAwsServer(async (request) => {
    const { method, path } = request;
    const asked = invokedFunction(request);
    if (asked !== undefined) {
      return options.gate(access, request, async () => invoke(find(asked), asked, request));
    }
    return method === "GET" && /^\/2016-08-19\/account-settings\/?$/.test(path)
      ? json(200, ACCOUNT_SETTINGS)
      : json(404, { Message: `${method} ${path} is not known here` }, "ResourceNotFoundException");
  });

  function invoke(
    fn: InvocableFunction | undefined,
    asked: string,
    { headers, body }: AwsRequest,
  ): AwsResponse {
    const refusal = refusalOf(fn, asked, headers["x-amz-invocation-type"], body);
    if (refusal !== undefined || fn === undefined) return refusal ?? json(500, {});
    void run(fn, body.length === 0 ? {} : parseJson(body));
    return { status: 202, headers: {}, body: Buffer.alloc(0) };
  }

  async function run({ service }: InvocableFunction, event: unknown): Promise<void> {
    const endsAt = Date.now() + (options.maxEventAge(service) ?? EVENT_AGE_SECONDS) * 1_000;
    const result = await options.run(service, event, () => Date.now() < endsAt);
    if (result.ok) return;
    const text = `the asynchronous call failed: ${result.error.errorType}`;
    options.onLog({ source: service, stream: "platform", text });
  }
}

function refusalOf(
  fn: InvocableFunction | undefined,
  asked: string,
  invocationType: unknown,
  body: Buffer,
): AwsResponse | undefined {
  if (fn === undefined) {
    return json(404, { Message: `Function not found: ${asked}` }, "ResourceNotFoundException");
  }
  if (invocationType !== "Event") {
    const Message = `The invocation type ${String(invocationType)} is not known here, only Event`;
    return json(400, { Message }, "InvalidParameterValueException");
  }
  if (body.length > MAX_EVENT_BYTES) {
    const Message = `Request must be smaller than ${MAX_EVENT_BYTES} bytes for the InvokeFunction operation`;
    return json(413, { Message }, "RequestEntityTooLargeException");
  }
  if (body.length > 0 && parseJson(body) === undefined) {
    const Message = "Could not parse request body into json";
    return json(400, { Message }, "InvalidRequestContentException");
  }
  return undefined;
}

function json(status: number, content: object, errorType?: string): AwsResponse {
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...(errorType !== undefined && { "x-amzn-errortype": errorType }),
    },
    body: Buffer.from(JSON.stringify(content)),
  };
}
