import type { HttpServer } from "../http-server.ts";
import { startAwsServer } from "./aws-server.ts";

/** AWS's ordinary quotas. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ACCOUNT_SETTINGS = {
  AccountLimit: {
    TotalCodeSize: 80_530_636_800,
    CodeSizeUnzipped: 262_144_000,
    CodeSizeZipped: 52_428_800,
    ConcurrentExecutions: 1_000,
    UnreservedConcurrentExecutions: 1_000,
  },
  AccountUsage: { TotalCodeSize: 0, FunctionCount: 5 },
};

/**
 * Starts a stand-in for AWS Lambda's API (REST and JSON), which people and their tools ask about the account. It
 * answers GetAccountSettings, of an ordinary account. Functions are run by lib/local/functions.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
 */
export function startLambda(): Promise<HttpServer> {
  return startAwsServer(async ({ method, path }) => {
    const isKnown = method === "GET" && /^\/2016-08-19\/account-settings\/?$/.test(path);
    return isKnown
      ? json(200, ACCOUNT_SETTINGS)
      : json(404, { Message: `${method} ${path} is not known here` }, "ResourceNotFoundException");
  });
}

function json(status: number, content: object, errorType?: string) {
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...(errorType !== undefined && { "x-amzn-errortype": errorType }),
    },
    body: Buffer.from(JSON.stringify(content)),
  };
}
