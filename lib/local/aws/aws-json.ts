import type { IncomingHttpHeaders } from "node:http";
import type { AwsResponse } from "./aws-server.ts";

/** The operation of a request in AWS's JSON protocols: `AmazonSQS.SendMessage` is `SendMessage`. */
export function operationOf(headers: IncomingHttpHeaders): string {
  const target = headers["x-amz-target"];
  return typeof target === "string" ? (target.split(".")[1] ?? "") : "";
}

/** Parses a body of AWS's JSON protocols; undefined when it is not JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** An answer in AWS's JSON protocols; `version` is 1.0 (SQS, DynamoDB) or 1.1 (Secrets Manager). */
export function jsonResponse(
  status: number,
  content: unknown,
  version: "1.0" | "1.1",
): AwsResponse {
  return {
    status,
    headers: { "content-type": `application/x-amz-json-${version}` },
    body: Buffer.from(JSON.stringify(content)),
  };
}
