import { randomUUID } from "node:crypto";
import { escapeXml } from "./access/xml-text.ts";
import type { AwsResponse } from "./aws-server.ts";

/** The answers of a service that speaks AWS's Query protocol: XML in the service's namespace. */
export function queryAnswers(namespace: string) {
  const answer = (status: number, root: string, ...children: string[]): AwsResponse => ({
    status,
    headers: { "content-type": "text/xml" },
    body: Buffer.from(`<${root} xmlns="${namespace}">${children.join("")}</${root}>`),
  });
  return {
    /** `action` is that of the request, for example DescribeStacks; the children are its result's. */
    result: (action: string, ...children: string[]) =>
      answer(
        200,
        `${action}Response`,
        element(`${action}Result`, ...children),
        element("ResponseMetadata", text("RequestId", randomUUID())),
      ),
    refusal: (status: number, code: string, message: string) =>
      answer(
        status,
        "ErrorResponse",
        element("Error", text("Type", "Sender"), text("Code", code), text("Message", message)),
        text("RequestId", randomUUID()),
      ),
  };
}

/** The refusal of an action that is not known here. */
export function unknownAction(parameters: URLSearchParams): [number, string, string] {
  const version = parameters.get("Version") ?? "";
  const action = parameters.get("Action") ?? "";
  return [400, "InvalidAction", `Could not find operation ${action} for version ${version}`];
}

/** The children are XML already. */
export function element(name: string, ...children: string[]): string {
  return `<${name}>${children.join("")}</${name}>`;
}

export function text(name: string, content: string): string {
  return element(name, escapeXml(content));
}
