import type { EventSourceDefinition } from "../../template/stack-definition.ts";
import { TemplateError } from "../../template/template-error.ts";
import { decide } from "./decide.ts";

const ACTIONS = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/**
 * Throws TemplateError when a function's role does not allow what its event source mapping has to
 * do. AWS would refuse to create such a mapping.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
 */
export function checkMappings(eventSources: EventSourceDefinition[]): void {
  for (const { queue, function: consumer } of eventSources) {
    const { statements } = consumer.permissions;
    const missing = ACTIONS.filter(
      (action) => decide(statements, { action, resource: queue.arn }) !== "allow",
    );
    if (missing.length > 0) {
      throw new TemplateError(
        consumer.roleLogicalId,
        `does not allow ${missing.join(", ")} on ${queue.arn}, which ${consumer.logicalId} is fed from`,
      );
    }
  }
}
