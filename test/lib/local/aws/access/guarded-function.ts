import {
  type AwsGateOptions,
  createAwsGate,
} from "../../../../../lib/local/aws/access/aws-gate.ts";
import { accessKeyOf } from "../../../../../lib/local/functions/function-environment.ts";
import type { LogLine } from "../../../../../lib/local/log-line.ts";
import type { PolicyStatement } from "../../../../../lib/local/template/role-policies.ts";

export const REGION = "ap-southeast-1";

const client = (accessKeyId: string) => ({
  region: REGION,
  credentials: { accessKeyId, secretAccessKey: "x" },
  maxAttempts: 1,
});
export const AS_WORKER = client(accessKeyOf("worker"));
export const AS_OPERATOR = client("test");

const statement =
  (effect: PolicyStatement["effect"]) =>
  (actions: string | string[], resources: string | string[] = "*"): PolicyStatement => ({
    effect,
    actions: [actions].flat(),
    resources: [resources].flat(),
  });
export const allow = statement("Allow");
export const deny = statement("Deny");

/** A gate before the function `worker`, whose role has the statements that it was last given. */
export function guardWorker(interfere?: AwsGateOptions["interfere"]) {
  const logs: LogLine[] = [];
  let statements: PolicyStatement[] = [];
  const gate = createAwsGate({
    functions: () => [
      {
        logicalId: "Worker",
        name: "Small-Worker",
        arn: `arn:aws:lambda:${REGION}:000000000000:function:Small-Worker`,
        service: "worker",
        handler: "index.handler",
        codeDirectory: "/nowhere",
        timeoutSeconds: 1,
        memoryMegabytes: 128,
        environment: {},
        roleLogicalId: "WorkerRole",
        permissions: { statements, managedPolicies: [] },
      },
    ],
    onLog: (line) => logs.push(line),
    interfere,
  });
  return {
    gate,
    /** What the log says since the last change of the role. */
    logged: () => logs.map(({ source, stream, text }) => `${source} ${stream}: ${text}`),
    setRole(...role: PolicyStatement[]) {
      statements = role;
      logs.length = 0;
    },
  };
}

/** The sentence with which AWS refuses the worker, up to the reason. */
export function refusalOf(action: string, resource: string): string {
  return `User: arn:aws:sts::000000000000:assumed-role/WorkerRole/Small-Worker is not authorized to perform: ${action} on resource: ${resource}`;
}
