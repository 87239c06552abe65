import { resolveIntrinsics, type Scope } from "../../../../lib/local/template/intrinsics.ts";

const scope: Scope = {
  region: "ap-southeast-1",
  accountId: "000000000000",
  stackName: "Bridge-Thailand",
  parameters: { BootstrapVersion: "/cdk-bootstrap/version" },
  resources: new Map([
    ["Queue", { ref: "http://sqs/queue", attributes: { Arn: "arn:queue", "Nested.Name": "deep" } }],
  ]),
};

describe("resolveIntrinsics", () => {
  test.each<[string, unknown, unknown]>([
    ["plain values", { a: [1, true, null, "x"] }, { a: [1, true, null, "x"] }],
    ["Ref of a resource", { Ref: "Queue" }, "http://sqs/queue"],
    ["Ref of a parameter", { Ref: "BootstrapVersion" }, "/cdk-bootstrap/version"],
    ["AWS::Region", { Ref: "AWS::Region" }, "ap-southeast-1"],
    ["AWS::AccountId", { Ref: "AWS::AccountId" }, "000000000000"],
    ["AWS::Partition", { Ref: "AWS::Partition" }, "aws"],
    ["AWS::URLSuffix", { Ref: "AWS::URLSuffix" }, "amazonaws.com"],
    ["AWS::StackName", { Ref: "AWS::StackName" }, "Bridge-Thailand"],
    ["AWS::NoValue in an object", { a: { Ref: "AWS::NoValue" }, b: 1 }, { b: 1 }],
    ["AWS::NoValue in a list", [{ Ref: "AWS::NoValue" }, 1], [1]],
    ["Fn::GetAtt", { "Fn::GetAtt": ["Queue", "Arn"] }, "arn:queue"],
    ["Fn::GetAtt as text", { "Fn::GetAtt": "Queue.Nested.Name" }, "deep"],
    ["Fn::Join", { "Fn::Join": ["/", ["a", { Ref: "AWS::Region" }]] }, "a/ap-southeast-1"],
    [
      "Fn::Sub",
      { "Fn::Sub": `a-\${AWS::Region}-\${Queue.Arn}-\${!Raw}` },
      `a-ap-southeast-1-arn:queue-\${Raw}`,
    ],
    [
      "Fn::Sub with values",
      { "Fn::Sub": [`\${x}/\${Queue}`, { x: { Ref: "AWS::Partition" } }] },
      "aws/http://sqs/queue",
    ],
    [
      "Fn::Split and Fn::Select",
      { "Fn::Select": ["1", { "Fn::Split": [":", { "Fn::GetAtt": ["Queue", "Arn"] }] }] },
      "queue",
    ],
  ])("%s", (_name, value, expected) => {
    expect(resolveIntrinsics(value, scope, "Thing")).toEqual(expected);
  });

  test.each<[string, unknown, string]>([
    [
      "another function",
      { "Fn::ImportValue": "x" },
      "Thing: Fn::ImportValue is not supported by the local run",
    ],
    [
      "an unknown resource",
      { Ref: "Nothing" },
      "Thing: refers to Nothing, which does not exist here",
    ],
    [
      "an unknown attribute",
      { "Fn::GetAtt": ["Queue", "Colour"] },
      "Thing: refers to Queue.Colour, which does not exist here",
    ],
    ["a missing item", { "Fn::Select": [3, ["a"]] }, "Thing: Fn::Select has no item 3"],
    ["wrong arguments", { "Fn::Join": "x" }, "Thing: Fn::Join has arguments that it cannot take"],
    [
      "a dynamic reference",
      { a: "{{resolve:ssm:x}}" },
      "Thing: dynamic references ({{resolve:…}}) are not supported here",
    ],
  ])("refuses %s", (_name, value, message) => {
    expect(() => resolveIntrinsics(value, scope, "Thing")).toThrow(message);
  });
});
