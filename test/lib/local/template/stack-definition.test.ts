import { defineStack } from "../../../../lib/local/template/stack-definition.ts";
import { readTemplate } from "../../../../lib/local/template/template.ts";
import { smallStackResources, writeSmallStack } from "../small-stack.ts";

const endpoints = {
  sqs: "http://127.0.0.1:1",
  gateway: "http://127.0.0.1:2",
  media: "http://127.0.0.1:3",
};

function define(change: (resources: ReturnType<typeof smallStackResources>) => void = () => {}) {
  const resources = smallStackResources();
  change(resources);
  const assembly = writeSmallStack(resources);
  try {
    return {
      path: assembly.path,
      stack: defineStack(readTemplate(assembly.path, "Small"), "ap-southeast-1", endpoints),
    };
  } finally {
    assembly.remove();
  }
}

describe("defineStack", () => {
  test("reads queues with their attributes and local URLs", () => {
    const { stack } = define();
    expect(stack.queues.find(({ logicalId }) => logicalId === "Queue")).toEqual({
      logicalId: "Queue",
      name: "Small-Queue.fifo",
      arn: "arn:aws:sqs:ap-southeast-1:000000000000:Small-Queue.fifo",
      url: "http://127.0.0.1:1/000000000000/Small-Queue.fifo",
      attributes: {
        FifoQueue: "true",
        DeduplicationScope: "messageGroup",
        VisibilityTimeout: "1",
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: "arn:aws:sqs:ap-southeast-1:000000000000:Small-DeadLetters.fifo",
          maxReceiveCount: 2,
        }),
      },
      visibilityTimeoutSeconds: 1,
      deadLetterQueueArn: "arn:aws:sqs:ap-southeast-1:000000000000:Small-DeadLetters.fifo",
    });
  });

  test("reads topics and who is subscribed to them", () => {
    const { stack } = define((resources) => {
      resources.Alarms = { Type: "AWS::SNS::Topic" };
      resources.Email = {
        Type: "AWS::SNS::Subscription",
        Properties: { TopicArn: { Ref: "Alarms" }, Protocol: "email", Endpoint: "a@example.com" },
      };
    });
    const topicArn = "arn:aws:sns:ap-southeast-1:000000000000:Small-Alarms";
    expect(stack.topics).toEqual([topicArn]);
    expect(stack.subscriptions).toEqual([
      { topicArn, protocol: "email", endpoint: "a@example.com" },
    ]);
  });

  test("reads functions with their code, settings and permissions", () => {
    const { stack, path } = define();
    const webhook = stack.functions.find(({ service }) => service === "inbound");
    expect(webhook).toEqual({
      logicalId: "Webhook",
      name: "Small-Webhook",
      arn: "arn:aws:lambda:ap-southeast-1:000000000000:function:Small-Webhook",
      service: "inbound",
      handler: "index.handler",
      codeDirectory: `${path}/asset.webhook`,
      timeoutSeconds: 1,
      memoryMegabytes: 256,
      environment: {
        POWERTOOLS_SERVICE_NAME: "inbound",
        NODE_OPTIONS: "--enable-source-maps",
        QUEUE_URL: "http://127.0.0.1:1/000000000000/Small-Queue.fifo",
      },
      roleLogicalId: "Role",
      permissions: {
        managedPolicies: [],
        statements: [
          {
            effect: "Allow",
            actions: ["sqs:SendMessage"],
            resources: ["arn:aws:sqs:ap-southeast-1:000000000000:Small-Queue.fifo"],
          },
          {
            effect: "Allow",
            actions: ["secretsmanager:GetSecretValue"],
            resources: [
              expect.stringMatching(
                /^arn:aws:secretsmanager:ap-southeast-1:000000000000:secret:Thailand\/retail\/line-[0-9a-f]{6}$/,
              ),
            ],
          },
        ],
      },
    });
  });

  test("reads routes, event sources, table, secret and outputs", () => {
    const { stack } = define();
    expect(stack.routes).toEqual([
      {
        routeKey: "POST /line/{brand}",
        apiId: expect.stringMatching(/^[0-9a-f]{10}$/),
        function: expect.objectContaining({ service: "inbound" }),
        timeoutMilliseconds: 30_000,
      },
    ]);
    expect(stack.eventSources).toEqual([
      {
        queue: expect.objectContaining({ logicalId: "Queue" }),
        function: expect.objectContaining({ service: "worker" }),
        batchSize: 10,
        maximumConcurrency: 2,
        reportsBatchItemFailures: true,
      },
    ]);
    expect(stack.tables).toMatchObject([{ name: "Small-Table" }]);
    expect(stack.secrets).toMatchObject([
      { name: "Thailand/retail/line", value: '{"channelId":"REPLACE_ME"}' },
      { name: "Thailand/media", value: expect.stringContaining('{"keySecret":') },
    ]);
    expect(stack.outputs).toEqual([
      { key: "Url", value: "http://127.0.0.1:2/line/retail", description: "Webhook" },
    ]);
    expect(stack.leftOut).toEqual(["AWS::Events::Rule"]);
  });

  const eventInvoke = (properties: object) => ({
    Type: "AWS::Lambda::EventInvokeConfig",
    Properties: {
      FunctionName: { Ref: "Consumer" },
      Qualifier: "$LATEST",
      MaximumRetryAttempts: 0,
      ...properties,
    },
  });

  test("reads for how long an asynchronous event may wait", () => {
    const { stack } = define((resources) => {
      resources.Invoke = eventInvoke({ MaximumEventAgeInSeconds: 60 });
    });
    expect(stack.eventAges).toEqual(new Map([["worker", 60]]));
    expect(stack.leftOut).toEqual(["AWS::Events::Rule"]);
    expect(define().stack.eventAges).toEqual(new Map());
  });

  test("refuses further tries of an asynchronous event, which the run does not make", () => {
    expect(() =>
      define((resources) => {
        resources.Invoke = eventInvoke({ MaximumRetryAttempts: 2 });
      }),
    ).toThrow("MaximumRetryAttempts");
  });

  const rule = (properties: object) => ({
    Type: "AWS::Events::Rule",
    Properties: {
      ScheduleExpression: "rate(1 hour)",
      State: "ENABLED",
      Targets: [{ Arn: { "Fn::GetAtt": ["Consumer", "Arn"] }, Id: "Target0" }],
      ...properties,
    },
  });

  test.each([
    ["rate(1 minute)", 60_000],
    ["rate(12 hours)", 43_200_000],
    ["rate(24 days)", 2_073_600_000],
  ])("reads a schedule of %s", (ScheduleExpression, milliseconds) => {
    const { stack } = define((resources) => {
      resources.Rule = rule({ ScheduleExpression });
    });
    expect(stack.schedules).toMatchObject([{ function: { service: "worker" }, milliseconds }]);
    expect(stack.leftOut).toEqual([]);
  });

  test.each(["cron(0 12 * * ? *)", "rate(25 days)", "rate(0 hours)"])(
    "leaves out a schedule of %s",
    (ScheduleExpression) => {
      const { stack } = define((resources) => {
        resources.Rule = rule({ ScheduleExpression });
      });
      expect(stack.schedules).toEqual([]);
      expect(stack.leftOut).toEqual(["AWS::Events::Rule"]);
    },
  );

  test("refuses a schedule that asks for more than a call", () => {
    expect(() =>
      define((resources) => {
        const Arn = { "Fn::GetAtt": ["Consumer", "Arn"] };
        resources.Rule = rule({ Targets: [{ Arn, Id: "Target0", Input: "{}" }] });
      }),
    ).toThrow("Rule");
  });

  test("reads the bucket, and what CloudFront serves of it", () => {
    const { stack } = define();
    expect(stack.buckets).toEqual([{ logicalId: "Bucket", name: "small-bucket" }]);
    expect(stack.media).toEqual({
      bucketName: "small-bucket",
      headers: [
        { name: "content-security-policy", value: "sandbox", override: true },
        { name: "x-content-type-options", value: "nosniff", override: true },
        { name: "referrer-policy", value: "no-referrer", override: false },
        { name: "strict-transport-security", value: "max-age=60", override: true },
      ],
    });
    const consumer = stack.functions.find(({ service }) => service === "worker");
    expect(consumer?.environment).toMatchObject({
      MEDIA_BUCKET: "small-bucket",
      MEDIA_URL: "https://127.0.0.1:3",
    });
  });

  test("needs no distribution", () => {
    const { stack } = define((resources) => {
      delete resources.Distribution;
      Object.assign(resources.Consumer?.Properties ?? {}, {
        Environment: { Variables: { POWERTOOLS_SERVICE_NAME: "worker" } },
      });
    });
    expect(stack.media).toBeUndefined();
  });

  test("names buckets as S3 allows", () => {
    const logicalId = `MediaBucket${"X".repeat(60)}`;
    const { stack } = define((resources) => {
      resources[logicalId] = { Type: "AWS::S3::Bucket" };
    });
    const name = stack.buckets.find((bucket) => bucket.logicalId === logicalId)?.name;
    expect(name).toMatch(/^small-mediabucketx+-[0-9a-f]{10}$/);
    expect(name).toHaveLength(63);
  });

  const set = (logicalId: string, property: string, value: unknown) =>
    define((resources) => {
      Object.assign(resources[logicalId]?.Properties ?? {}, { [property]: value });
    });

  test.each<[string, string, string, unknown, string]>([
    [
      "a property of a mapping that is not carried out",
      "Mapping",
      "FilterCriteria",
      {},
      "Mapping: Unrecognized key",
    ],
    ["a function that is not Node.js", "Webhook", "Runtime", "python3.13", "Webhook: Runtime"],
    [
      "a route with an authorizer",
      "Route",
      "AuthorizationType",
      "AWS_IAM",
      "Route: AuthorizationType",
    ],
    [
      "a route without integration",
      "Route",
      "Target",
      "integrations/Other",
      "Route: has no integration",
    ],
    [
      "a mapping to a foreign queue",
      "Mapping",
      "EventSourceArn",
      "arn:aws:sqs:::other",
      "Mapping: arn:aws:sqs:::other is no queue",
    ],
    [
      "a visibility timeout below the function's timeout",
      "Consumer",
      "Timeout",
      5,
      "Mapping: the queue's visibility timeout (1 s) is shorter than the function's timeout (5 s)",
    ],
    [
      "code that is not in the assembly",
      "Webhook",
      "Code",
      { S3Bucket: "b", S3Key: "x.zip" },
      "Webhook: the asset manifest has no x.zip",
    ],
    [
      "an environment beyond Lambda's limit",
      "Webhook",
      "Environment",
      { Variables: { POWERTOOLS_SERVICE_NAME: "inbound", BRANDS: "x".repeat(4096) } },
      "Lambda allows 4096",
    ],
    [
      "a policy by exclusion",
      "Policy",
      "PolicyDocument",
      { Statement: [{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }] },
      "Policy: PolicyDocument.Statement.0",
    ],
    [
      "a bucket that keeps what was deleted",
      "Bucket",
      "VersioningConfiguration",
      { Status: "Enabled" },
      "Bucket: Unrecognized key",
    ],
    [
      "a bucket that CloudFront may not read",
      "BucketPolicy",
      "PolicyDocument",
      { Statement: [] },
      "Distribution: no bucket policy lets CloudFront read small-bucket",
    ],
    [
      "queries that reach the bucket",
      "Cache",
      "CachePolicyConfig",
      { Name: "Cache", MinTTL: 0 },
      "Cache: CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin",
    ],
    [
      "a secret of two values",
      "KeySecret",
      "SecretString",
      "x",
      "KeySecret: must have either SecretString or GenerateSecretString",
    ],
    [
      "a generated secret of other characters",
      "KeySecret",
      "GenerateSecretString",
      { ExcludeCharacters: "x" },
      "KeySecret: GenerateSecretString: Unrecognized key",
    ],
  ])("refuses %s", (_name, logicalId, property, value, message) => {
    expect(() => set(logicalId, property, value)).toThrow(message);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      "another origin than a bucket of the template",
      { Origins: [{ Id: "Media", DomainName: "example.com", OriginAccessControlId: "x" }] },
      "Distribution: ",
    ],
    ["methods that write", { DefaultCacheBehavior: { AllowedMethods: ["PUT"] } }, "AllowedMethods"],
    ["answers of its own for errors", { CustomErrorResponses: [] }, "Unrecognized key"],
  ])("refuses a distribution with %s", (_name, config, message) => {
    expect(() =>
      define((resources) =>
        Object.assign(Object(resources.Distribution?.Properties?.DistributionConfig), config),
      ),
    ).toThrow(message);
  });

  test("refuses a resource with a condition", () => {
    expect(() =>
      define((resources) => Object.assign(resources.Table ?? {}, { Condition: "Sometimes" })),
    ).toThrow("Table: conditions are not supported by the local run");
  });
});
