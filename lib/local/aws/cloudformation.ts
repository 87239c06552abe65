import { randomUUID } from "node:crypto";
import type { HttpServer } from "../http-server.ts";
import { ACCOUNT_ID, type OutputDefinition } from "../template/stack-definition.ts";
import { startAwsServer } from "./aws-server.ts";
import { element, queryAnswers, text, unknownAction } from "./query-protocol.ts";

const { result, refusal } = queryAnswers("http://cloudformation.amazonaws.com/doc/2010-05-15/");

export interface DeployedStack {
  name: string;
  region: string;
  outputs: OutputDefinition[];
}

/**
 * Starts a stand-in for AWS CloudFormation (Query protocol) that knows one stack, as it is after a
 * deployment. It answers DescribeStacks, by name, by id or for all stacks, and ValidationError for a
 * stack that does not exist; other actions are InvalidAction. No function may call it:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 */
export function startCloudFormation(stack: DeployedStack): Promise<HttpServer> {
  const { name, region } = stack;
  const id = `arn:aws:cloudformation:${region}:${ACCOUNT_ID}:stack/${name}/${randomUUID()}`;
  const description = element(
    "member",
    text("StackId", id),
    text("StackName", name),
    text("CreationTime", new Date().toISOString()),
    text("StackStatus", "CREATE_COMPLETE"),
    element("Outputs", ...stack.outputs.map(outputMember)),
  );

  return startAwsServer(async ({ body }) => {
    const parameters = new URLSearchParams(body.toString("utf8"));
    if (parameters.get("Action") !== "DescribeStacks") return refusal(...unknownAction(parameters));
    const wanted = parameters.get("StackName");
    if (wanted !== null && wanted !== name && wanted !== id) {
      return refusal(400, "ValidationError", `Stack with id ${wanted} does not exist`);
    }
    return result("DescribeStacks", element("Stacks", description));
  });
}

function outputMember({ key, value, description }: OutputDefinition): string {
  return element(
    "member",
    text("OutputKey", key),
    text("OutputValue", value),
    description === undefined ? "" : text("Description", description),
  );
}
