import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { SNSClient } from "@aws-sdk/client-sns";

/** A client of AWS that is answered so, without a server, for as long as `act` takes; an Error is thrown. */
export async function answeringAws<Value>(
  client: CloudWatchClient | LambdaClient | SNSClient,
  output: object,
  act: () => Promise<Value>,
): Promise<Value> {
  const name = "answeringAws";
  const { middlewareStack } = client as LambdaClient;
  middlewareStack.add(
    () => async () => {
      if (output instanceof Error) throw output;
      return { output: { $metadata: {}, ...output }, response: undefined };
    },
    { step: "initialize", name },
  );
  try {
    return await act();
  } finally {
    middlewareStack.remove(name);
  }
}

/** AWS's refusal of a caller who lacks a permission. */
export function denied(name: string): Error {
  return Object.assign(new Error("User: arn:aws:sts::1:x is not authorized"), { name });
}

export function concurrency(allowed: number): object {
  return {
    AccountLimit: { ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: allowed },
  };
}
