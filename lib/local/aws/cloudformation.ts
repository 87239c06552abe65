import { randomUUID } from "node:crypto";
import type { HttpServer } from "../http-server.ts";
import { ACCOUNT_ID, type OutputDefinition } from "../template/stack-definition.ts";
import { escapeXml } from "./access/xml-text.ts";
import { type AwsResponse, startAwsServer } from "./aws-server.ts";

const NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

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
    const action = parameters.get("Action") ?? "";
    if (action !== "DescribeStacks") {
      const version = parameters.get("Version") ?? "";
      return refusal("InvalidAction", `Could not find operation ${action} for version ${version}`);
    }
    const wanted = parameters.get("StackName");
    if (wanted !== null && wanted !== name && wanted !== id) {
      return refusal("ValidationError", `Stack with id ${wanted} does not exist`);
    }
    return answer(
      200,
      "DescribeStacksResponse",
      element("DescribeStacksResult", element("Stacks", description)),
      element("ResponseMetadata", text("RequestId", randomUUID())),
    );
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

function refusal(code: string, message: string): AwsResponse {
  return answer(
    400,
    "ErrorResponse",
    element("Error", text("Type", "Sender"), text("Code", code), text("Message", message)),
    text("RequestId", randomUUID()),
  );
}

function answer(status: number, root: string, ...children: string[]): AwsResponse {
  return {
    status,
    headers: { "content-type": "text/xml" },
    body: Buffer.from(`<${root} xmlns="${NAMESPACE}">${children.join("")}</${root}>`),
  };
}

/** The children are XML already. */
function element(name: string, ...children: string[]): string {
  return `<${name}>${children.join("")}</${name}>`;
}

function text(name: string, content: string): string {
  return element(name, escapeXml(content));
}
