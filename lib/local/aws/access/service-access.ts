import type { AwsRequest, AwsResponse } from "../aws-server.ts";

export type AwsService = "sqs" | "s3" | "dynamodb" | "secretsmanager" | "lambda";

/** One thing that a role has to allow. */
export interface Access {
  /** In AWS's spelling, such as `sqs:SendMessage`. */
  action: string;
  /** An ARN. */
  resource: string;
  /** The resource as the caller named it, where the service's refusal repeats that. */
  asked?: string;
}

/** What a request asks for. */
export interface AwsCall {
  /** Its name in the service's API, such as `SendMessageBatch`. */
  operation: string;
  /** Everything that the role has to allow; undefined for a call that is not known here. */
  needs: Access[] | undefined;
  /** Without this the answer for a missing object is a refusal, not "missing". */
  toSeeMissing?: Access;
}

/** How to read requests to one of AWS's services, and how the service refuses one. */
export interface ServiceAccess {
  name: AwsService;
  /** `region` is the one that the request is signed for. */
  read(request: AwsRequest, region: string): AwsCall;
  /** The answer to a call that is not allowed; `explain` returns AWS's sentence about it. */
  refuse(call: AwsCall, denied: Access, explain: (denied: Access) => string): AwsResponse;
}
