import type { AwsService } from "./access/service-access.ts";
import type { AwsRequest, AwsResponse } from "./aws-server.ts";

/** A call of a function that its role allows. */
export interface FunctionCall {
  service: AwsService;
  /** The function's short name. */
  caller: string;
  /** Such as `SendMessageBatch`. */
  operation: string;
  /** Whether the call comes from the function's event source mapping and not from its code. */
  isMapping: boolean;
  request: AwsRequest;
}

/**
 * Stands between the functions and AWS, for tests of what happens when AWS fails. `pass` carries the
 * call out. The result is the answer; undefined cuts the connection.
 */
export type InterfereWithAws = (
  call: FunctionCall,
  pass: () => Promise<AwsResponse>,
) => Promise<AwsResponse | undefined>;
