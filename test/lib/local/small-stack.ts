import { temporaryDirectory } from "./temporary-directory.ts";

type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> }>;

const arnOf = (logicalId: string) => ({ "Fn::GetAtt": [logicalId, "Arn"] });

function lambda(
  service: string,
  role: string,
  asset: string,
  environment: Record<string, unknown>,
) {
  return {
    Type: "AWS::Lambda::Function",
    Properties: {
      Handler: "index.handler",
      Runtime: "nodejs24.x",
      Role: arnOf(role),
      Code: {
        S3Bucket: { "Fn::Sub": `cdk-assets-\${AWS::AccountId}-\${AWS::Region}` },
        S3Key: `${asset}.zip`,
      },
      Timeout: 1,
      MemorySize: 256,
      Environment: {
        Variables: {
          POWERTOOLS_SERVICE_NAME: service,
          NODE_OPTIONS: "--enable-source-maps",
          ...environment,
        },
      },
    },
  };
}

function fifoQueue(properties: Record<string, unknown> = {}) {
  return { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true, ...properties } };
}

/** A private bucket, served by CloudFront. */
function mediaResources(): Resources {
  return {
    Bucket: {
      Type: "AWS::S3::Bucket",
      Properties: { LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90 }] } },
    },
    BucketPolicy: {
      Type: "AWS::S3::BucketPolicy",
      Properties: {
        Bucket: { Ref: "Bucket" },
        PolicyDocument: {
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "cloudfront.amazonaws.com" },
              Action: "s3:GetObject",
              Resource: { "Fn::Join": ["", [arnOf("Bucket"), "/*"]] },
            },
          ],
        },
      },
    },
    AccessControl: {
      Type: "AWS::CloudFront::OriginAccessControl",
      Properties: {
        OriginAccessControlConfig: {
          Name: "AccessControl",
          OriginAccessControlOriginType: "s3",
          SigningBehavior: "always",
          SigningProtocol: "sigv4",
        },
      },
    },
    Cache: {
      Type: "AWS::CloudFront::CachePolicy",
      Properties: {
        CachePolicyConfig: {
          Name: "Cache",
          MinTTL: 0,
          DefaultTTL: 60,
          MaxTTL: 60,
          ParametersInCacheKeyAndForwardedToOrigin: {
            QueryStringsConfig: { QueryStringBehavior: "none" },
          },
        },
      },
    },
    Headers: {
      Type: "AWS::CloudFront::ResponseHeadersPolicy",
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: "Headers",
          SecurityHeadersConfig: {
            ContentTypeOptions: { Override: true },
            ContentSecurityPolicy: { ContentSecurityPolicy: "sandbox", Override: true },
            ReferrerPolicy: { ReferrerPolicy: "no-referrer", Override: false },
            StrictTransportSecurity: { AccessControlMaxAgeSec: 60, Override: true },
          },
        },
      },
    },
    Distribution: {
      Type: "AWS::CloudFront::Distribution",
      Properties: {
        DistributionConfig: {
          Enabled: true,
          Origins: [
            {
              Id: "Media",
              DomainName: { "Fn::GetAtt": ["Bucket", "RegionalDomainName"] },
              OriginAccessControlId: { "Fn::GetAtt": ["AccessControl", "Id"] },
              S3OriginConfig: { OriginAccessIdentity: "" },
            },
          ],
          DefaultCacheBehavior: {
            AllowedMethods: ["GET", "HEAD"],
            CachePolicyId: { Ref: "Cache" },
            Compress: false,
            ResponseHeadersPolicyId: { Ref: "Headers" },
            TargetOriginId: "Media",
            ViewerProtocolPolicy: "https-only",
          },
        },
      },
    },
  };
}

/** A stack of a webhook, its queue, a consumer of that queue, a table and hosted media. */
export function smallStackResources(): Resources {
  return {
    DeadLetters: fifoQueue(),
    Queue: fifoQueue({
      DeduplicationScope: "messageGroup",
      VisibilityTimeout: 1,
      RedrivePolicy: { deadLetterTargetArn: arnOf("DeadLetters"), maxReceiveCount: 2 },
    }),
    OutDeadLetters: fifoQueue(),
    OutQueue: fifoQueue({
      RedrivePolicy: { deadLetterTargetArn: arnOf("OutDeadLetters"), maxReceiveCount: 2 },
    }),
    Table: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        BillingMode: "PAY_PER_REQUEST",
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      },
    },
    Secret: {
      Type: "AWS::SecretsManager::Secret",
      Properties: { Name: "Thailand/retail/line", SecretString: '{"channelId":"REPLACE_ME"}' },
    },
    KeySecret: {
      Type: "AWS::SecretsManager::Secret",
      Properties: {
        Name: "Thailand/media",
        GenerateSecretString: {
          SecretStringTemplate: "{}",
          GenerateStringKey: "keySecret",
          PasswordLength: 64,
          ExcludePunctuation: true,
        },
      },
    },
    ...mediaResources(),
    Role: {
      Type: "AWS::IAM::Role",
      Properties: { AssumeRolePolicyDocument: {}, Description: "of the webhook" },
    },
    Policy: {
      Type: "AWS::IAM::Policy",
      Properties: {
        PolicyName: "Policy",
        PolicyDocument: {
          Statement: [
            { Effect: "Allow", Action: "sqs:SendMessage", Resource: arnOf("Queue") },
            {
              Effect: "Allow",
              Action: ["secretsmanager:GetSecretValue"],
              Resource: [{ Ref: "Secret" }],
            },
          ],
        },
        Roles: [{ Ref: "Role" }],
      },
    },
    ConsumerRole: {
      Type: "AWS::IAM::Role",
      Properties: { AssumeRolePolicyDocument: {}, Description: "of the consumer" },
    },
    ConsumerPolicy: {
      Type: "AWS::IAM::Policy",
      Properties: {
        PolicyName: "ConsumerPolicy",
        PolicyDocument: {
          Statement: [
            {
              Effect: "Allow",
              Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
              Resource: arnOf("Queue"),
            },
            { Effect: "Allow", Action: "dynamodb:PutItem", Resource: arnOf("Table") },
          ],
        },
        Roles: [{ Ref: "ConsumerRole" }],
      },
    },
    Webhook: lambda("inbound", "Role", "webhook", { QUEUE_URL: { Ref: "Queue" } }),
    Consumer: lambda("worker", "ConsumerRole", "consumer", {
      TABLE_NAME: { Ref: "Table" },
      INBOUND_DEAD_LETTER_QUEUE_URL: { Ref: "DeadLetters" },
      OUTBOUND_DEAD_LETTER_QUEUE_URL: { Ref: "OutDeadLetters" },
      LINE_API_URL: "https://api.line.me",
      MEDIA_BUCKET: { Ref: "Bucket" },
      MEDIA_URL: {
        "Fn::Join": ["", ["https://", { "Fn::GetAtt": ["Distribution", "DomainName"] }]],
      },
    }),
    Mapping: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: {
        EventSourceArn: arnOf("Queue"),
        FunctionName: { Ref: "Consumer" },
        BatchSize: 10,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ScalingConfig: { MaximumConcurrency: 2 },
      },
    },
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "Api", ProtocolType: "HTTP" } },
    Integration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId: { Ref: "Api" },
        IntegrationType: "AWS_PROXY",
        IntegrationUri: arnOf("Webhook"),
        PayloadFormatVersion: "2.0",
      },
    },
    Route: {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        ApiId: { Ref: "Api" },
        AuthorizationType: "NONE",
        RouteKey: "POST /line/{brand}",
        Target: { "Fn::Join": ["", ["integrations/", { Ref: "Integration" }]] },
      },
    },
    Errors: { Type: "AWS::CloudWatch::Alarm", Properties: { Threshold: 1 } },
    Rule: { Type: "AWS::Events::Rule" },
  };
}

const WEBHOOK = `
  import { createRequire } from "node:module";
  const require = createRequire("file://${process.cwd()}/package.json");
  const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");
  const client = new SQSClient();
  export const handler = async (event) => {
    await client.send(new SendMessageCommand({
      QueueUrl: process.env.QUEUE_URL,
      MessageBody: event.body,
      MessageGroupId: event.pathParameters.brand,
      MessageDeduplicationId: event.requestContext.requestId,
    }));
    return { statusCode: 200, body: "{}" };
  };
`;

const CONSUMER = `
  import { createRequire } from "node:module";
  const require = createRequire("file://${process.cwd()}/package.json");
  const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");
  const client = new DynamoDBClient();
  export const handler = async (event) => {
    if (event["detail-type"] === "Scheduled Event") return console.log("scheduled");
    const batchItemFailures = [];
    for (const { body, messageId, attributes, eventSourceARN } of event.Records) {
      console.log("got " + attributes.ApproximateReceiveCount);
      if (body.includes("poison")) {
        batchItemFailures.push({ itemIdentifier: messageId });
        continue;
      }
      await client.send(new PutItemCommand({
        TableName: process.env.TABLE_NAME,
        Item: { pk: { S: body }, group: { S: attributes.MessageGroupId }, from: { S: eventSourceARN },
          api: { S: process.env.LINE_API_URL }, media: { S: process.env.MEDIA_URL } },
      }));
    }
    return { batchItemFailures };
  };
`;

/** Writes the stack as CDK's output directory would hold it. */
export function writeSmallStack(resources: Resources = smallStackResources()) {
  const asset = (name: string) => ({
    source: { path: `asset.${name}`, packaging: "zip" },
    destinations: { current: { bucketName: "assets", objectKey: `${name}.zip` } },
  });
  return temporaryDirectory({
    "Small.template.json": JSON.stringify({
      Resources: resources,
      Parameters: {
        BootstrapVersion: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/x" },
      },
      Outputs: {
        Url: {
          Value: { "Fn::Join": ["", [{ "Fn::GetAtt": ["Api", "ApiEndpoint"] }, "/line/retail"]] },
          Description: "Webhook",
        },
      },
    }),
    "Small.assets.json": JSON.stringify({
      files: { webhook: asset("webhook"), consumer: asset("consumer") },
    }),
    "asset.webhook/index.mjs": WEBHOOK,
    "asset.consumer/index.mjs": CONSUMER,
  });
}
