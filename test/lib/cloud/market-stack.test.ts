import { rmSync } from "node:fs";
import { Match, type Template } from "aws-cdk-lib/assertions";
import { MAX_QUEUED_BYTES } from "../../../lambdas/shared/queue/send-fifo.ts";
import { buildApp } from "../../../lib/cloud/app.ts";
import { parseMarkets } from "../../../lib/markets.ts";
import {
  findFunction,
  MARKETS,
  permissions,
  synthesize,
  templateOf,
  WITHOUT_BUNDLING,
  withoutTraces,
} from "./synthesize.ts";

const WITH_QUEUES = ["inbound", "worker", "outbound-webhook", "outbound-sender"];
const SERVICES = [...WITH_QUEUES, "outbound-images", "hourly-check"];

let template: Template;
beforeAll(() => {
  template = synthesize("Thailand");
});

function resources(type: string) {
  return Object.entries(template.findResources(type)).map(([id, resource]) => ({
    id,
    properties: resource.Properties,
  }));
}

describe("functions", () => {
  it.each([
    ["inbound", 10, 512],
    ["worker", 60, 512],
    ["outbound-webhook", 9, 512],
    ["outbound-sender", 60, 512],
    ["outbound-images", 60, 1769],
    ["hourly-check", 30, 512],
  ])("%s runs on Node.js 24, arm64, for at most %d s with %d MB", (service, timeout, memory) => {
    expect(findFunction(template, service).properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      MemorySize: memory,
      Timeout: timeout,
    });
  });

  const everywhere = [
    "MARKET",
    "POWERTOOLS_LOG_LEVEL",
    "POWERTOOLS_METRICS_NAMESPACE",
    "POWERTOOLS_SERVICE_NAME",
  ];

  const platforms = [
    "GENESYS_API_URL",
    "GENESYS_DOWNLOADS_URL",
    "GENESYS_LOGIN_URL",
    "LINE_API_URL",
    "LINE_DATA_API_URL",
  ];

  it.each([
    ["inbound", ["BRANDS", "QUEUE_URL_PREFIX"]],
    [
      "worker",
      [
        ...platforms,
        "ATTACHMENT_MEGABYTES",
        "INBOUND_DEAD_LETTER_QUEUE_URL",
        "MEDIA_BUCKET",
        "MEDIA_URL",
        "PATIENCE_HOURS",
        "QUEUE_URL_PREFIX",
        "REQUESTS_PER_MINUTE",
        "TABLE_NAME",
        "TIME_ZONE",
      ],
    ],
    ["outbound-webhook", ["BRANDS", "QUEUE_URL_PREFIX"]],
    [
      "outbound-sender",
      [
        ...platforms,
        "IMAGES_FUNCTION_NAME",
        "LANGUAGE",
        "MEDIA_BUCKET",
        "MEDIA_URL",
        "OUTBOUND_DEAD_LETTER_QUEUE_URL",
        "PATIENCE_HOURS",
        "QUEUE_URL_PREFIX",
        "TABLE_NAME",
        "TIME_ZONE",
      ],
    ],
    ["outbound-images", ["MEDIA_BUCKET", "MEDIA_URL"]],
    [
      "hourly-check",
      [
        "BRANDS",
        "GENESYS_LOGIN_URL",
        "INBOUND_DEAD_LETTER_QUEUE_URL",
        "LINE_API_URL",
        "OUTBOUND_DEAD_LETTER_QUEUE_URL",
      ],
    ],
  ])("%s gets the settings that it needs and no others", (service, own) => {
    const { Variables } = findFunction(template, service).properties.Environment;
    expect(Object.keys(Variables).sort()).toEqual([...everywhere, ...own].sort());
  });

  const functionId = (service: string) =>
    resources("AWS::Lambda::Function").find(
      ({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === service,
    )?.id;

  it("of which one is invoked without waiting for it runs each event once, within a minute or never", () => {
    expect(resources("AWS::Lambda::EventInvokeConfig").map(({ properties }) => properties)).toEqual(
      [
        {
          FunctionName: { Ref: functionId("outbound-images") },
          Qualifier: "$LATEST",
          MaximumEventAgeInSeconds: 60,
          MaximumRetryAttempts: 0,
        },
      ],
    );
    const { Variables } = findFunction(template, "outbound-sender").properties.Environment;
    expect(Variables.IMAGES_FUNCTION_NAME).toEqual({
      Ref: functionId("outbound-images"),
    });
  });

  it("take market settings from the configuration", () => {
    const { Variables } = findFunction(template, "worker").properties.Environment;
    expect(Variables).toMatchObject({
      MARKET: "Thailand",
      PATIENCE_HOURS: "6",
      GENESYS_API_URL: "https://api.apse1.pure.cloud",
      GENESYS_LOGIN_URL: "https://login.apse1.pure.cloud",
      LINE_API_URL: "https://api.line.me",
      LINE_DATA_API_URL: "https://api-data.line.me",
      ATTACHMENT_MEGABYTES: "20",
    });
    expect(
      findFunction(template, "outbound-sender").properties.Environment.Variables,
    ).toMatchObject({
      PATIENCE_HOURS: "6",
      TIME_ZONE: "Asia/Bangkok",
      LANGUAGE: "th",
      GENESYS_API_URL: "https://api.apse1.pure.cloud",
      GENESYS_DOWNLOADS_URL: "https://api-downloads.apse1.pure.cloud",
    });
  });

  it.each(WITH_QUEUES)("%s finds the brands' queues behind one prefix of their URLs", (service) => {
    const { QUEUE_URL_PREFIX } = findFunction(template, service).properties.Environment.Variables;
    const [
      index,
      {
        "Fn::Split": [separator, url],
      },
    ] = QUEUE_URL_PREFIX["Fn::Select"];
    const { QueueName } = template.toJSON().Resources[url.Ref].Properties;
    expect([index, separator]).toEqual([0, QueueName]);
  });

  it.each(["inbound", "outbound-webhook", "hourly-check"])(
    "%s knows the brands by their keys",
    (service) => {
      const { Variables } = findFunction(template, service).properties.Environment;
      expect(Variables.BRANDS).toBe("retail-thai,travel-thai");
    },
  );

  it.each(SERVICES)("%s has no secret in its environment", (service) => {
    const environment = JSON.stringify(findFunction(template, service).properties.Environment);
    expect(environment).not.toMatch(/secret|REPLACE_ME|\{\{resolve:/i);
  });

  it("each log to a group of their own, which is kept as long as the market wants", () => {
    const groups = SERVICES.map(
      (service) => findFunction(template, service).properties.LoggingConfig.LogGroup.Ref,
    );
    expect(new Set(groups).size).toBe(SERVICES.length);
    for (const { properties } of resources("AWS::Logs::LogGroup")) {
      expect(properties.RetentionInDays).toBe(14);
    }
  });
});

describe("permissions", () => {
  const store = [
    ...["AbortMultipartUpload", "GetObject", "PutObject"].map(
      (action) => `s3:${action} MediaBucket/*`,
    ),
    "s3:ListBucket MediaBucket",
    "secretsmanager:GetSecretValue Thailand/media",
  ];
  const secrets = (...kinds: string[]) =>
    ["retail-thai", "travel-thai"].flatMap((brand) =>
      kinds.map((kind) => `secretsmanager:GetSecretValue Thailand/${brand}/${kind}`),
    );
  const queues = (direction: string, ...actions: string[]) =>
    ["retail-thai", "travel-thai"].flatMap((brand) =>
      actions.map((action) => `sqs:${action} Thailand_${direction}_${brand}.fifo`),
    );
  const consume = (direction: string) =>
    queues(
      direction,
      "ChangeMessageVisibility",
      "DeleteMessage",
      "GetQueueAttributes",
      "GetQueueUrl",
      "ReceiveMessage",
    );
  const log = (group: string) =>
    ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => `${action} ${group}`);

  it.each([
    [
      "inbound",
      [
        ...log("LineToGenesysWebhookLogGroup"),
        ...secrets("line"),
        ...queues("inbound", "SendMessage"),
      ],
    ],
    [
      "worker",
      [
        ...["DeleteItem", "GetItem", "PutItem", "UpdateItem"].map(
          (action) => `dynamodb:${action} Table`,
        ),
        ...log("LineToGenesysWorkerLogGroup"),
        ...secrets("line", "genesys"),
        ...consume("inbound"),
        "sqs:SendMessage LineToGenesysInboundDeadLetters",
        ...queues("inbound", "SendMessage"),
        ...store,
        "s3:DeleteObject MediaBucket/*",
      ],
    ],
    [
      "outbound-webhook",
      [
        ...log("GenesysToLineWebhookLogGroup"),
        ...secrets("genesys"),
        ...queues("outbound", "SendMessage"),
      ],
    ],
    [
      "outbound-sender",
      [
        ...["BatchGetItem", "GetItem", "PutItem", "UpdateItem"].map(
          (action) => `dynamodb:${action} Table`,
        ),
        ...log("GenesysToLineSenderLogGroup"),
        ...secrets("line"),
        ...consume("outbound"),
        "sqs:SendMessage GenesysToLineOutboundDeadLetters",
        ...queues("inbound", "SendMessage"),
        ...store,
        "lambda:InvokeFunction GenesysToLineImagesFunction",
      ],
    ],
    [
      "outbound-images",
      [
        ...log("GenesysToLineImagesLogGroup"),
        ...store.filter((line) => line.startsWith("s3:")),
        "s3:DeleteObject MediaBucket/*",
      ],
    ],
    [
      "hourly-check",
      [
        ...log("HourlyCheckWatchLogGroup"),
        ...secrets("line", "genesys"),
        "sqs:GetQueueAttributes GenesysToLineOutboundDeadLetters",
        "sqs:GetQueueAttributes LineToGenesysInboundDeadLetters",
      ],
    ],
  ])("%s may do exactly what it has to", (service, allowed) => {
    expect(permissions(template, service)).toEqual(allowed.sort());
  });

  it("come from no managed policy and contain no wildcard but that for all of the media", () => {
    for (const { properties } of resources("AWS::IAM::Role")) {
      expect(properties).not.toHaveProperty("ManagedPolicyArns");
    }
    expect(resources("AWS::IAM::Policy")).toEqual([]);
    for (const { properties } of resources("AWS::IAM::Role")) {
      for (const { Action, Resource } of properties.Policies[0].PolicyDocument.Statement) {
        expect(JSON.stringify(Action)).not.toContain("*");
        if (String([Action].flat()[0]).startsWith("s3:")) continue;
        expect(JSON.stringify(Resource)).not.toContain("*");
      }
    }
  });
});

it("functions log no line of Lambda's about what went well, and all of their own", () => {
  for (const { properties } of resources("AWS::Lambda::Function")) {
    expect(properties.LoggingConfig).toMatchObject({
      LogFormat: "JSON",
      SystemLogLevel: "WARN",
      ApplicationLogLevel: "INFO",
    });
  }
});

describe("tracing", () => {
  it("is off unless the market asks for it, because X-Ray costs money", () => {
    for (const { properties } of resources("AWS::Lambda::Function")) {
      expect(properties).not.toHaveProperty("TracingConfig");
    }
  });

  it("of all functions may write traces and nothing more", () => {
    const traced = synthesize("Japan");
    for (const { Properties } of Object.values(traced.findResources("AWS::Lambda::Function"))) {
      expect(Properties.TracingConfig).toEqual({ Mode: "Active" });
    }
    for (const service of SERVICES) {
      const added = permissions(traced, service).filter((line) => line.includes("*"));
      expect(added.filter((line) => !line.startsWith("s3:"))).toEqual([
        'xray:PutTelemetryRecords "*"',
        'xray:PutTraceSegments "*"',
      ]);
    }
  });
});

describe("queues", () => {
  const redriven = () => resources("AWS::SQS::Queue").filter((q) => q.properties.RedrivePolicy);

  it("are one for each brand and direction, and two for what was parked, which need no name", () => {
    expect(resources("AWS::SQS::Queue").map(({ properties }) => properties.QueueName)).toEqual([
      undefined,
      "Thailand_inbound_retail-thai.fifo",
      "Thailand_inbound_travel-thai.fifo",
      undefined,
      "Thailand_outbound_retail-thai.fifo",
      "Thailand_outbound_travel-thai.fifo",
    ]);
  });

  it("are FIFO per customer, encrypted, and keep messages for 14 days", () => {
    for (const { properties } of resources("AWS::SQS::Queue")) {
      expect(properties).toMatchObject({
        FifoQueue: true,
        FifoThroughputLimit: "perMessageGroupId",
        DeduplicationScope: "messageGroup",
        ContentBasedDeduplication: false,
        SqsManagedSseEnabled: true,
        MessageRetentionPeriod: 14 * 24 * 3600,
      });
    }
  });

  it("take the largest message that a webhook stores, and what its attributes add", () => {
    for (const { properties } of resources("AWS::SQS::Queue")) {
      expect(properties.MaximumMessageSize).toBe(1_048_576);
      expect(properties.MaximumMessageSize).toBeGreaterThan(MAX_QUEUED_BYTES);
    }
  });

  it("are reached over TLS only, by one policy, which names no queue because SQS would refuse several", () => {
    template.resourceCountIs("AWS::SQS::QueuePolicy", 1);
    template.hasResourceProperties("AWS::SQS::QueuePolicy", {
      Queues: resources("AWS::SQS::Queue").map(({ id }) => ({ Ref: id })),
      PolicyDocument: {
        Statement: [
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Action: "sqs:*",
            Principal: { AWS: "*" },
            Resource: "*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
    });
  });

  it("give up after 1,000 receives, into the dead-letter queue of their direction, which takes from any", () => {
    const targets = redriven().map(({ properties: { QueueName, RedrivePolicy } }) => {
      expect(RedrivePolicy.maxReceiveCount).toBe(1_000);
      return [QueueName, RedrivePolicy.deadLetterTargetArn["Fn::GetAtt"][0].slice(0, -8)];
    });
    const [inbound, outbound] = ["LineToGenesysInbound", "GenesysToLineOutbound"];
    expect(targets).toEqual([
      ["Thailand_inbound_retail-thai.fifo", `${inbound}DeadLetters`],
      ["Thailand_inbound_travel-thai.fifo", `${inbound}DeadLetters`],
      ["Thailand_outbound_retail-thai.fifo", `${outbound}DeadLetters`],
      ["Thailand_outbound_travel-thai.fifo", `${outbound}DeadLetters`],
    ]);
    for (const { properties } of resources("AWS::SQS::Queue")) {
      expect(properties).not.toHaveProperty("RedriveAllowPolicy");
    }
  });

  it("hide a message until 30 s after its consumer has timed out", () => {
    for (const { properties } of resources("AWS::Lambda::EventSourceMapping")) {
      const queueId = properties.EventSourceArn["Fn::GetAtt"][0];
      const consumer = template.toJSON().Resources[properties.FunctionName.Ref];
      const queue = template.toJSON().Resources[queueId];
      expect(queue.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(
        consumer.Properties.Timeout + 30,
      );
    }
  });

  it("feed the worker and the sender, each brand's by an event source of its own", () => {
    const fed = resources("AWS::Lambda::EventSourceMapping").map(({ properties }) => {
      const { Resources } = template.toJSON();
      const { QueueName } = Resources[properties.EventSourceArn["Fn::GetAtt"][0]].Properties;
      const { Environment } = Resources[properties.FunctionName.Ref].Properties;
      return [QueueName, Environment.Variables.POWERTOOLS_SERVICE_NAME];
    });
    expect(fed).toEqual([
      ["Thailand_inbound_retail-thai.fifo", "worker"],
      ["Thailand_inbound_travel-thai.fifo", "worker"],
      ["Thailand_outbound_retail-thai.fifo", "outbound-sender"],
      ["Thailand_outbound_travel-thai.fifo", "outbound-sender"],
    ]);
  });

  it("feed their consumers in batches of 10 that report each failure", () => {
    template.allResourcesProperties("AWS::Lambda::EventSourceMapping", {
      BatchSize: 10,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
  });

  it.each([
    [60, 4],
    [300, 4],
    [450, 6],
    [3_000, 10],
  ])(
    "give their consumers, at %i requests a minute, %i batches of a brand at a time",
    (requestsPerMinute, batches) => {
      const { Thailand } = MARKETS;
      const markets = parseMarkets({ Thailand: { ...Thailand, requestsPerMinute } });
      const app = withoutTraces(() => buildApp({ markets, context: WITHOUT_BUNDLING }));
      try {
        templateOf(app, "Thailand").allResourcesProperties("AWS::Lambda::EventSourceMapping", {
          ScalingConfig: { MaximumConcurrency: batches },
        });
      } finally {
        rmSync(app.outdir, { recursive: true, force: true });
      }
    },
  );
});

describe("the hourly check", () => {
  it("is invoked every hour", () => {
    template.hasResourceProperties("AWS::Events::Rule", {
      ScheduleExpression: "rate(1 hour)",
      State: "ENABLED",
    });
    const [rule] = resources("AWS::Events::Rule");
    const functionId = rule?.properties.Targets[0].Arn["Fn::GetAtt"][0];
    expect(template.toJSON().Resources[functionId].Properties).toEqual(
      findFunction(template, "hourly-check").properties,
    );
  });
});

describe("webhooks", () => {
  it.each([
    ["POST /line/{brand}", "inbound"],
    ["POST /genesys/{brand}", "outbound-webhook"],
  ])("%s goes to %s", (routeKey, service) => {
    const [route] = resources("AWS::ApiGatewayV2::Route").filter(
      ({ properties }) => properties.RouteKey === routeKey,
    );
    const integrationId = route?.properties.Target["Fn::Join"][1][1].Ref;
    const { Properties } = template.toJSON().Resources[integrationId];
    expect(Properties.PayloadFormatVersion).toBe("2.0");
    const functionId = Properties.IntegrationUri["Fn::GetAtt"][0];
    expect(template.toJSON().Resources[functionId].Properties).toEqual(
      findFunction(template, service).properties,
    );
  });

  it("are the only routes, each throttled on its own, and without CORS", () => {
    template.resourceCountIs("AWS::ApiGatewayV2::Route", 2);
    template.hasResourceProperties("AWS::ApiGatewayV2::Api", { CorsConfiguration: Match.absent() });
    template.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
      StageName: "$default",
      RouteSettings: {
        "POST /line/{brand}": { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 500 },
        "POST /genesys/{brand}": { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      },
    });
  });

  it("are logged without bodies, headers or addresses", () => {
    const [settings] = resources("AWS::ApiGatewayV2::Stage").map(
      ({ properties }) => properties.AccessLogSettings,
    );
    const { Format, DestinationArn } = settings;
    expect(DestinationArn["Fn::GetAtt"][0]).toMatch(/AccessLog/);
    expect(Object.values(JSON.parse(Format))).toEqual(
      expect.arrayContaining(["$context.path", "$context.status"]),
    );
    expect(Format).not.toMatch(/identity|sourceIp|body|header|authorizer/i);
  });
});

describe("state", () => {
  it("is one table on demand, whose items expire, without a backup of erased data", () => {
    template.hasResourceProperties("AWS::DynamoDB::Table", {
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      PointInTimeRecoverySpecification: Match.absent(),
    });
  });

  it("holds two secrets per brand, filled with constant placeholders only", () => {
    const secrets = Object.fromEntries(
      resources("AWS::SecretsManager::Secret").map(({ properties }) => [
        properties.Name,
        JSON.parse(properties.SecretString ?? "null"),
      ]),
    );
    const line = { channelId: "REPLACE_ME", channelSecret: "REPLACE_ME" };
    const genesys = {
      clientId: "REPLACE_ME",
      clientSecret: "REPLACE_ME",
      integrationId: "REPLACE_ME",
      webhookSecret: "REPLACE_ME",
    };
    expect(secrets).toEqual({
      "Thailand/retail-thai/line": line,
      "Thailand/retail-thai/genesys": genesys,
      "Thailand/travel-thai/line": line,
      "Thailand/travel-thai/genesys": genesys,
      "Thailand/media": null,
    });
  });
});

describe("media", () => {
  const bucket = () => {
    const [found] = resources("AWS::S3::Bucket");
    if (found === undefined) throw new Error("no bucket in the template");
    return found;
  };
  const bucketStatements = () => {
    const [policy] = resources("AWS::S3::BucketPolicy");
    return policy?.properties.PolicyDocument.Statement;
  };
  const distribution = () => {
    const [found] = resources("AWS::CloudFront::Distribution");
    return found?.properties.DistributionConfig;
  };

  it("is kept in one private, encrypted bucket, which only HTTPS reaches", () => {
    template.resourceCountIs("AWS::S3::Bucket", 1);
    expect(bucket().properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
        ],
      },
    });
    expect(bucket().properties).not.toHaveProperty("VersioningConfiguration");
    expect(bucketStatements()).toContainEqual(
      expect.objectContaining({
        Effect: "Deny",
        Action: "s3:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    );
  });

  it.each([
    ["Thailand", 30],
    ["Japan", 90],
  ])("of %s expires after %d days, broken uploads after one", (market, days) => {
    synthesize(market).hasResourceProperties("AWS::S3::Bucket", {
      LifecycleConfiguration: {
        Rules: [
          {
            Status: "Enabled",
            ExpirationInDays: days,
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          },
        ],
      },
    });
  });

  it("outlives the stack, where it goes on expiring, but not a deployment that failed", () => {
    template.hasResource("AWS::S3::Bucket", {
      UpdateReplacePolicy: "Retain",
      DeletionPolicy: "RetainExceptOnCreate",
    });
  });

  it("is read by this stack's distribution, which cannot list it: a missing key says nothing", () => {
    const allowed = bucketStatements().filter(
      ({ Effect }: { Effect: string }) => Effect === "Allow",
    );
    expect(allowed).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: { "Fn::Join": ["", [{ "Fn::GetAtt": [bucket().id, "Arn"] }, "/*"]] },
        Condition: { StringEquals: { "AWS:SourceArn": expect.anything() } },
      },
    ]);
    // Names of an account, and not of a region: the market can be in two regions.
    const name = "Thailand-ap-southeast-1";
    template.hasResourceProperties("AWS::CloudFront::ResponseHeadersPolicy", {
      ResponseHeadersPolicyConfig: { Name: `LineGenesysBridge-${name}` },
    });
    template.hasResourceProperties("AWS::CloudFront::OriginAccessControl", {
      OriginAccessControlConfig: {
        Name: name,
        OriginAccessControlOriginType: "s3",
        SigningBehavior: "always",
        SigningProtocol: "sigv4",
      },
    });
  });

  it("is served as it is, by GET and HEAD over HTTPS, from Asia too", () => {
    expect(distribution()).toMatchObject({
      Enabled: true,
      HttpVersion: "http2and3",
      PriceClass: "PriceClass_200",
      Origins: [{ DomainName: { "Fn::GetAtt": [bucket().id, "RegionalDomainName"] } }],
      DefaultCacheBehavior: {
        AllowedMethods: ["GET", "HEAD"],
        ViewerProtocolPolicy: "https-only",
        Compress: false,
      },
    });
    expect(distribution()).not.toHaveProperty("Logging");
  });

  it("is cached for a minute at most, so that deleting it takes effect", () => {
    const { CachePolicyId } = distribution().DefaultCacheBehavior;
    const { CachePolicyConfig } = template.toJSON().Resources[CachePolicyId.Ref].Properties;
    expect(CachePolicyConfig).toMatchObject({ MinTTL: 0, DefaultTTL: 60, MaxTTL: 60 });
    expect(CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin).toMatchObject({
      QueryStringsConfig: { QueryStringBehavior: "none" },
    });
  });

  it("can run nothing in a browser and tells nobody its address", () => {
    const { ResponseHeadersPolicyId } = distribution().DefaultCacheBehavior;
    const { ResponseHeadersPolicyConfig } =
      template.toJSON().Resources[ResponseHeadersPolicyId.Ref].Properties;
    expect(ResponseHeadersPolicyConfig.SecurityHeadersConfig).toEqual({
      ContentSecurityPolicy: {
        ContentSecurityPolicy: "sandbox; default-src 'none'",
        Override: true,
      },
      ContentTypeOptions: { Override: true },
      ReferrerPolicy: { ReferrerPolicy: "no-referrer", Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 365 * 24 * 3600, Override: true },
    });
  });

  it("has its keys derived from a secret that nobody has chosen", () => {
    template.hasResourceProperties("AWS::SecretsManager::Secret", {
      Name: "Thailand/media",
      SecretString: Match.absent(),
      GenerateSecretString: {
        SecretStringTemplate: "{}",
        GenerateStringKey: "keySecret",
        PasswordLength: 64,
        ExcludePunctuation: true,
      },
    });
  });
});

describe("outputs", () => {
  it("name the URLs and secrets of each brand, the queues, the table, the media, the alarms' topic and the dashboard", () => {
    expect(Object.keys(template.toJSON().Outputs)).toEqual([
      "RetailThaiLineWebhookUrl",
      "RetailThaiGenesysWebhookUrl",
      "RetailThaiLineSecretName",
      "RetailThaiGenesysSecretName",
      "TravelThaiLineWebhookUrl",
      "TravelThaiGenesysWebhookUrl",
      "TravelThaiLineSecretName",
      "TravelThaiGenesysSecretName",
      "QueueUrlPrefix",
      "InboundDeadLetterQueueUrl",
      "OutboundDeadLetterQueueUrl",
      "TableName",
      "MediaBucketName",
      "MediaUrl",
      "AlarmTopicArn",
      "DashboardName",
      "DashboardUrl",
    ]);
  });

  it("lead to the brand's own webhook and secret", () => {
    const { TravelThaiLineWebhookUrl, TravelThaiGenesysWebhookUrl, TravelThaiGenesysSecretName } =
      template.toJSON().Outputs;
    expect(TravelThaiLineWebhookUrl.Value["Fn::Join"][1].at(-1)).toBe("/line/travel-thai");
    expect(TravelThaiGenesysWebhookUrl.Value["Fn::Join"][1].at(-1)).toBe("/genesys/travel-thai");
    expect(TravelThaiGenesysSecretName.Value).toBe("Thailand/travel-thai/genesys");
  });
});
