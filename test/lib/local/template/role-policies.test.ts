import { rolePolicies } from "../../../../lib/local/template/role-policies.ts";

type Properties = Record<string, unknown>;

const statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:*:*:a" };

function policies(role: Properties, policy: Properties = {}, Roles = ["Stack-Role"]) {
  return rolePolicies(
    { logicalId: "Role", name: "Stack-Role" },
    [
      { logicalId: "Role", type: "AWS::IAM::Role", properties: role },
      {
        logicalId: "Policy",
        type: "AWS::IAM::Policy",
        properties: { PolicyDocument: { Statement: [{ ...statement, ...policy }] }, Roles },
      },
    ],
    ({ properties }) => properties,
  );
}

test("collects a role's inline and attached policies", () => {
  const inline = { ...statement, Effect: "Deny", Action: ["sqs:*"] };
  expect(policies({ Policies: [{ PolicyDocument: { Statement: [inline] } }] }).statements).toEqual([
    { effect: "Deny", actions: ["sqs:*"], resources: [statement.Resource] },
    { effect: "Allow", actions: ["sqs:SendMessage"], resources: [statement.Resource] },
  ]);
  expect(policies({}, {}, ["Stack-Other"]).statements).toEqual([]);
});

test("knows that AWSLambdaBasicExecutionRole allows nothing but logs", () => {
  const arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
  expect(policies({ ManagedPolicyArns: [arn] }).managedPolicies).toEqual([arn]);
});

test.each<[string, Properties, Properties]>([
  [
    "Role: the local run does not know what arn:aws:iam::aws:policy/AmazonSQSFullAccess allows",
    { ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSQSFullAccess"] },
    {},
  ],
  [
    "Role: a permissions boundary is not supported here",
    { PermissionsBoundary: "arn:aws:iam::000000000000:policy/Boundary" },
    {},
  ],
  [
    "Policy: conditions in a role's policy are not supported here",
    {},
    { Condition: { Bool: { "aws:SecureTransport": "true" } } },
  ],
  [
    "Policy: variables in a role's policy are not supported here",
    {},
    { Resource: `arn:aws:s3:::media/\${aws:PrincipalTag/brand}/*` },
  ],
  ['Policy: PolicyDocument.Statement.0: Unrecognized key: "NotAction"', {}, { NotAction: "sqs:*" }],
])("refuses what it cannot apply: %s", (fault, role, policy) => {
  expect(() => policies(role, policy)).toThrow(fault);
});
