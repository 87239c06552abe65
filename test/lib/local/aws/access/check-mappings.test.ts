import { checkMappings } from "../../../../../lib/local/aws/access/check-mappings.ts";
import type { PolicyStatement } from "../../../../../lib/local/template/role-policies.ts";
import { defineStack } from "../../../../../lib/local/template/stack-definition.ts";
import { readTemplate } from "../../../../../lib/local/template/template.ts";
import { writeSmallStack } from "../../small-stack.ts";
import { allow, deny, REGION } from "./guarded-function.ts";

const queue = `arn:aws:sqs:${REGION}:000000000000:Small-Queue.fifo`;

/** Checks the small stack's event source mapping with other statements in its function's role. */
function check(...statements: PolicyStatement[]) {
  const assembly = writeSmallStack();
  const url = "http://127.0.0.1:1";
  const endpoints = { sqs: url, gateway: url, media: url };
  const { eventSources } = defineStack(readTemplate(assembly.path, "Small"), REGION, endpoints);
  assembly.remove();
  expect(eventSources).toHaveLength(1);
  for (const source of eventSources) source.function.permissions.statements = statements;
  checkMappings(eventSources);
}

const actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

test("a mapping takes reading, deleting and the attributes of its queue", () => {
  expect(() => check(allow(actions, queue))).not.toThrow();
});

test.each(actions)("a role that lacks %s cannot have a mapping", (action) => {
  expect(() => check(allow("sqs:*", queue), deny(action, queue))).toThrow(
    `ConsumerRole: does not allow ${action} on ${queue}, which Consumer is fed from`,
  );
});

test("names everything that is missing", () => {
  expect(() => check(allow("sqs:*", `${queue}x`))).toThrow(actions.join(", "));
});
