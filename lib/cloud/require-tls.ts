import { AnyPrincipal, Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type Queue, QueuePolicy } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

/**
 * Refuses requests to the queues that are not encrypted on their way. One policy for all of them, because
 * a policy each would take two of the stack's 500 resources for every brand. In a queue's policy `*` is
 * that queue; SQS refuses a statement that names several queues.
 */
export function requireTls(scope: Construct, queues: Queue[]): void {
  const policy = new QueuePolicy(scope, "TlsOnly", { queues });
  policy.document.addStatements(
    new PolicyStatement({
      sid: "TlsOnly",
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ["sqs:*"],
      resources: ["*"],
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    }),
  );
}
