import { accessKeyOf } from "../../functions/function-environment.ts";
import type { OnLog } from "../../log-line.ts";
import type { FunctionDefinition } from "../../template/function-definition.ts";
import { ACCOUNT_ID } from "../../template/stack-definition.ts";
import type { AwsRequest, AwsResponse } from "../aws-server.ts";
import type { InterfereWithAws } from "../interfere-with-aws.ts";
import { decide } from "./decide.ts";
import type { Access, AwsCall, ServiceAccess } from "./service-access.ts";
import { signerOf } from "./signer-of.ts";

/** Checks each request before it reaches one of AWS's services; undefined cuts the connection. */
export type AwsGate = (
  service: ServiceAccess,
  request: AwsRequest,
  pass: () => Promise<AwsResponse>,
) => Promise<AwsResponse | undefined>;

/** A gate that refuses nothing. */
export const openGate: AwsGate = (_service, _request, pass) => pass();

/** Only an event source mapping calls this: a function that has one never reads its queue itself. */
const MAPPING_OPERATIONS = ["ReceiveMessage", "DeleteMessageBatch"];

export interface AwsGateOptions {
  /** Asked at each call. */
  functions(): FunctionDefinition[];
  onLog: OnLog;
  interfere?: InterfereWithAws | undefined;
}

/**
 * Passes on what a function's role allows and refuses the rest, with a line in the log. A caller
 * whose access key belongs to no function is the operator, who may do everything.
 */
export function createAwsGate({ functions, onLog, interfere }: AwsGateOptions): AwsGate {
  return async (service, request, pass) => {
    const signer = signerOf(request);
    const caller = functions().find((fn) => accessKeyOf(fn.service) === signer?.accessKey);
    if (signer === undefined || caller === undefined) return pass();
    const call = service.read(request, signer.region);
    const { statements } = caller.permissions;
    const isDenied = (access: Access) => decide(statements, access) !== "allow";
    const refuse = (denied: Access) => {
      onLog({ source: caller.service, stream: "platform", text: logText(caller, call, denied) });
      return service.refuse(call, denied, (shown) => sentence(caller, denied, shown));
    };

    const denied =
      call.needs === undefined
        ? { action: `${service.name}:${call.operation}`, resource: "*" }
        : call.needs.find(isDenied);
    if (denied !== undefined) return refuse(denied);

    const carryOut = async () => {
      const answer = await pass();
      const { toSeeMissing } = call;
      const isHidden = toSeeMissing !== undefined && isDenied(toSeeMissing);
      return answer.status === 404 && isHidden ? refuse(toSeeMissing) : answer;
    };
    if (interfere === undefined) return carryOut();
    const { operation } = call;
    const isMapping = service.name === "sqs" && MAPPING_OPERATIONS.includes(operation);
    return interfere(
      { service: service.name, caller: caller.service, operation, isMapping, request },
      carryOut,
    );
  };
}

/**
 * AWS's own words, with the role's name in the template:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
function sentence(caller: FunctionDefinition, denied: Access, shown: Access): string {
  const user = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${caller.roleLogicalId}/${caller.name}`;
  const reason =
    decide(caller.permissions.statements, denied) === "explicit deny"
      ? "with an explicit deny in an identity-based policy"
      : `because no identity-based policy allows the ${shown.action} action`;
  return `User: ${user} is not authorized to perform: ${shown.action} on resource: ${shown.resource} ${reason}`;
}

/** The key of hosted media is a secret: the log shows the bucket only. */
function logText(caller: FunctionDefinition, call: AwsCall, denied: Access): string {
  if (call.needs === undefined) {
    return `AccessDenied: the local run does not know what ${denied.action} takes; add it in lib/local/aws/access`;
  }
  const resource = denied.resource.replace(/^(arn:aws:s3:::[^/]+\/).*$/s, "$1*");
  return `AccessDenied: the role ${caller.roleLogicalId} does not allow ${denied.action} on ${resource}`;
}
