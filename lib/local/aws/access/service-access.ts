import type { AwsRequest, AwsResponse } from "../aws-server.ts";

export type AwsService = "sqs" | "s3" | "dynamodb" | "secretsmanager";

/** One thing that a role has to allow. */
export interface Access {
  /** In AWS's spelling, such as `sqs:SendMessage`. */
  action: string;
  /** An ARN. */
  resource: string;
  /** The resource in the caller's words, where the service's refusal repeats those. */
  asked?: string;
}

/** What a request asks for. */
export interface AwsCall {
  /** Its name in the service's API, such as `SendMessageBatch`. */
  operation: string;
  /** All that the role has to allow; undefined for a call that is not known here. */
  needs: Access[] | undefined;
  /** Without this a missing object is not reported as missing, but refused. */
  toSeeMissing?: Access;
}

/** How one of AWS's services is asked and how it refuses. */
export interface ServiceAccess {
  name: AwsService;
  /** `region` is the one that the request is signed for. */
  read(request: AwsRequest, region: string): AwsCall;
  /** The answer to a call that is not allowed; `explain` gives AWS's sentence about it. */
  refuse(call: AwsCall, denied: Access, explain: (denied: Access) => string): AwsResponse;
}
