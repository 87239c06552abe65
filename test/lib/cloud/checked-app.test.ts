import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Stack } from "aws-cdk-lib";
import { CfnAlarm } from "aws-cdk-lib/aws-cloudwatch";
import { CfnFunction } from "aws-cdk-lib/aws-lambda";
import { CfnQueue } from "aws-cdk-lib/aws-sqs";
import * as z from "zod";
import { buildCheckedApp } from "../../../lib/cloud/checked-app.ts";
import { readMarkets } from "../../../lib/markets.ts";
import { MARKETS, WITHOUT_BUNDLING, withoutTraces } from "./synthesize.ts";

const CDK_JSON = fileURLToPath(new URL("../../../cdk.json", import.meta.url));
const markets = readMarkets(readFileSync(CDK_JSON, "utf8"));

const report = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(
        z.object({
          severity: z.string(),
          description: z.string(),
          violatingConstructs: z.array(z.object({ constructPath: z.string() })),
        }),
      ),
    }),
  ),
});

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "checked-app-"));
});
afterEach(() => {
  rmSync(outdir, { recursive: true, force: true });
});

function reported() {
  const text = readFileSync(join(outdir, "validation-report.json"), "utf8");
  return report.parse(JSON.parse(text)).pluginReports;
}

/** What stops the synthesis, sorted: a line for each fault of each resource, by the plugin that found it. */
function errors(): Record<string, string[]> {
  return Object.fromEntries(
    reported().map(({ pluginName, violations }) => [
      pluginName,
      violations
        .filter(({ severity }) => severity === "error")
        .flatMap(({ description, violatingConstructs }) =>
          violatingConstructs.map(
            ({ constructPath }) => `${constructPath.replace("Broken/", "")}: ${description}`,
          ),
        )
        .sort(),
    ]),
  );
}

it("every market of cdk.json, and one whose functions are traced, keeps the rules of CloudFormation and AWS Solutions", () => {
  const { Japan: Traced } = MARKETS;
  if (Traced?.tracing !== true) throw new Error("there is no market whose functions are traced");
  const all = { ...markets, Traced };
  const assembly = withoutTraces(() =>
    buildCheckedApp({ markets: all, outdir, context: WITHOUT_BUNDLING }).synth(),
  );
  expect(assembly.stacks).toHaveLength(Object.keys(all).length);
  expect(reported()).toEqual([]);
});

/**
 * It cannot tell: an unlisted value where AWS's schema has only a description of the values (DeduplicationScope and
 * FifoThroughputLimit of a queue, ProtocolType of an API); in a table's KeySchema and in texts that hold JSON or a
 * language (a dashboard's body, the filter of a metric, an alarm's expression) anything; a reference to a resource
 * of the wrong kind; a misspelt action in a policy; the length of a queue's name and of all variables together, which
 * template-limits.ts checks; two resources of one name; and what only the account knows, such as its quotas.
 */
it("a stack that breaks rules is not synthesized, and the report names each fault", () => {
  // The findings are also printed.
  jest.spyOn(console, "error").mockImplementation(() => undefined);
  // Resources of the types that a market has: for another type the engine would start once more.
  const app = buildCheckedApp({ markets: {}, outdir });
  const stack = new Stack(app, "Broken", { env: { region: "ap-southeast-1" } });
  const queue = (id: string, property: string, value: unknown) =>
    new CfnQueue(stack, id).addPropertyOverride(property, value);
  const lambda = (id: string) =>
    new CfnFunction(stack, id, {
      code: { s3Bucket: "bucket", s3Key: "key" },
      handler: "index.handler",
      runtime: "nodejs24.x",
      role: "arn:aws:iam::123456789012:role/role",
    });
  queue("UnknownProperty", "Colour", "red");
  queue("WrongType", "VisibilityTimeout", "soon");
  queue("AboveTheHighest", "VisibilityTimeout", 43_201);
  queue("NoSuchResource", "QueueName", { Ref: "Gone" });
  queue("NoSuchAttribute", "QueueName", { "Fn::GetAtt": ["UnknownProperty", "Colour"] });
  const parked = { "Fn::GetAtt": ["UnknownProperty", "Arn"] };
  new CfnQueue(stack, "NotTogether", {
    fifoQueue: true,
    redrivePolicy: { deadLetterTargetArn: parked, maxReceiveCount: 3 },
  });
  lambda("MissingProperty").addPropertyDeletionOverride("Role");
  lambda("WrongPattern").addPropertyOverride("Role", "me");
  lambda("TooLong").addPropertyOverride("Description", "x".repeat(257));
  lambda("UnlistedValue").addPropertyOverride("Runtime", "nodejs99.x");
  new CfnAlarm(stack, "MissingInList", {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    threshold: 0,
    metricName: "Accepted",
    namespace: "Bridge",
    period: 60,
    statistic: "Sum",
    dimensions: [{ name: "brand", value: "shop" }],
  }).addPropertyOverride("Dimensions.0.Value", undefined);

  expect(() => app.synth()).toThrow();
  const { "CloudFormation Validate": cloudFormation, AwsSolutions: solutions } = errors();
  expect(cloudFormation).toEqual([
    "AboveTheHighest: VisibilityTimeout: 43201 is greater than the maximum of 43200",
    "MissingInList: Dimensions.0: 'Value' is a required property",
    "MissingProperty: Properties: 'Role' is a required property",
    expect.stringMatching(/^NoSuchAttribute: QueueName: 'Colour' is not one of \['Arn', /),
    expect.stringMatching(/^NoSuchResource: QueueName: 'Gone' is not one of /),
    "NotTogether: RedrivePolicy: Source queue type 'FIFO' does not match destination queue type 'standard'",
    "TooLong: Description: length 257 exceeds maximum 256",
    "UnknownProperty: Colour: Additional properties are not allowed ('Colour' was unexpected)",
    expect.stringMatching(/^UnlistedValue: Runtime: 'nodejs99.x' is not one of \['dotnet10', /),
    expect.stringMatching(/^WrongPattern: Role: 'me' does not match pattern '\^arn:/),
    "WrongType: VisibilityTimeout: 'soon' is not of type 'integer'",
  ]);
  expect(solutions).toContain("WrongType: The SQS queue does not require requests to use SSL.");
});
