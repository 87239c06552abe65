import { rmSync } from "node:fs";
import { buildApp } from "../../../lib/cloud/app.ts";
import { parseMarkets } from "../../../lib/markets.ts";
import { templateOf, WITHOUT_BUNDLING, withoutTraces } from "./synthesize.ts";

// CloudFormation knows a resource by its logical id, which CDK makes of the names of the constructs
// around it. A resource with another id is a new one, and the old one is deleted with all it holds.
// So a construct that stands around one of these keeps its name, whichever file it moves to.

/** Three markets as they are sampled in the configuration, and one with many settings of its own. */
const MARKETS = parseMarkets({
  Thailand: {
    awsRegion: "ap-southeast-1",
    genesysRegion: "ap-southeast-1",
    timeZone: "Asia/Bangkok",
    language: "th",
    brands: { "retail-thai": { brand: "Retail_Thai" }, "travel-thai": { brand: "Travel_Thai" } },
  },
  Taiwan: {
    awsRegion: "ap-northeast-1",
    genesysRegion: "ap-northeast-1",
    timeZone: "Asia/Taipei",
    language: "zh-TW",
    brands: { "retail-taiwan": { brand: "Retail_Taiwan" } },
  },
  Japan: {
    awsRegion: "ap-northeast-1",
    genesysRegion: "ap-northeast-1",
    timeZone: "Asia/Tokyo",
    language: "ja",
    brands: { "retail-japan": { brand: "Retail_Japan" } },
  },
  Fixed: {
    awsRegion: "eu-central-1",
    genesysRegion: "eu-central-1",
    alarmEmail: "operations@example.com",
    runbookUrl: "https://wiki.example.com/bridge",
    tracing: true,
    patienceHours: 6,
    mediaRetentionDays: 30,
    attachmentMegabytes: 20,
    logRetentionDays: 14,
    brands: {
      shop: { brand: "Shop", groups: "bridge", markAsRead: true, endpoint: "legacy" },
      "shop-2": { brand: "Shop_2" },
    },
  },
});

/**
 * What holds data, and what cannot be replaced without loss: links to media stand in chats, the
 * webhooks' address at LINE and Genesys Cloud, and a person has confirmed the alarms' e-mail. For
 * each type the properties that CloudFormation replaces it for, or overwrites what it holds.
 */
const PINNED: Record<string, string[]> = {
  "AWS::SQS::Queue": ["QueueName", "FifoQueue"],
  "AWS::DynamoDB::Table": [
    "TableName",
    "KeySchema",
    "AttributeDefinitions",
    "LocalSecondaryIndexes",
    "TimeToLiveSpecification",
  ],
  "AWS::S3::Bucket": ["BucketName"],
  "AWS::SecretsManager::Secret": ["Name", "SecretString", "GenerateSecretString"],
  "AWS::CloudFront::Distribution": [],
  "AWS::ApiGatewayV2::Api": ["ProtocolType"],
  "AWS::ApiGatewayV2::Stage": ["StageName"],
  "AWS::SNS::Topic": ["TopicName", "FifoTopic"],
  "AWS::SNS::Subscription": ["Protocol"],
};

const inEveryMarket = (market: string) => ({
  LineToGenesysInboundDeadLettersEE8B76C9: { FifoQueue: true },
  GenesysToLineOutboundDeadLetters6BBDE44A: { FifoQueue: true },
  TableCD117FA1: {
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
  },
  MediaBucket4022EBBF: {},
  MediaKeySecretAC9E656A: {
    Name: `${market}/media`,
    GenerateSecretString: {
      ExcludePunctuation: true,
      GenerateStringKey: "keySecret",
      PasswordLength: 64,
      SecretStringTemplate: "{}",
    },
  },
  MediaDistributionFB529AA1: {},
  WebhooksApiA28DB082: { ProtocolType: "HTTP" },
  WebhooksStage98496CF2: { StageName: "$default" },
  OperationsAlarms65F99440: {},
});

const lineSecret = (name: string) => ({
  Name: `${name}/line`,
  SecretString: '{"channelId":"REPLACE_ME","channelSecret":"REPLACE_ME"}',
});
const genesysSecret = (name: string) => ({
  Name: `${name}/genesys`,
  SecretString:
    '{"clientId":"REPLACE_ME","clientSecret":"REPLACE_ME","integrationId":"REPLACE_ME","webhookSecret":"REPLACE_ME"}',
});

const queue = (QueueName: string) => ({ FifoQueue: true, QueueName: `${QueueName}.fifo` });

const OF_ONE_MARKET: Record<string, Record<string, object>> = {
  Thailand: {
    LineToGenesysInboundretailthaiCACF9647: queue("Thailand_inbound_retail-thai"),
    LineToGenesysInboundtravelthai66D5B8A8: queue("Thailand_inbound_travel-thai"),
    GenesysToLineOutboundretailthai985C6E84: queue("Thailand_outbound_retail-thai"),
    GenesysToLineOutboundtravelthaiE6CA9315: queue("Thailand_outbound_travel-thai"),
    Secretsretailthailine6AB0236E: lineSecret("Thailand/retail-thai"),
    SecretsretailthaigenesysADD9571A: genesysSecret("Thailand/retail-thai"),
    Secretstravelthailine63239CE9: lineSecret("Thailand/travel-thai"),
    Secretstravelthaigenesys4A374FD1: genesysSecret("Thailand/travel-thai"),
  },
  Taiwan: {
    LineToGenesysInboundretailtaiwan765959B1: queue("Taiwan_inbound_retail-taiwan"),
    GenesysToLineOutboundretailtaiwanD422EE77: queue("Taiwan_outbound_retail-taiwan"),
    SecretsretailtaiwanlineA4709700: lineSecret("Taiwan/retail-taiwan"),
    Secretsretailtaiwangenesys3AF36348: genesysSecret("Taiwan/retail-taiwan"),
  },
  Japan: {
    LineToGenesysInboundretailjapanE0E67F06: queue("Japan_inbound_retail-japan"),
    GenesysToLineOutboundretailjapan04068E0A: queue("Japan_outbound_retail-japan"),
    SecretsretailjapanlineC033FD79: lineSecret("Japan/retail-japan"),
    Secretsretailjapangenesys883EA2D6: genesysSecret("Japan/retail-japan"),
  },
  Fixed: {
    LineToGenesysInboundshop6666ACCD: queue("Fixed_inbound_shop"),
    LineToGenesysInboundshop237EBA376: queue("Fixed_inbound_shop-2"),
    GenesysToLineOutboundshop2E6C0637: queue("Fixed_outbound_shop"),
    GenesysToLineOutboundshop2A8CF3C41: queue("Fixed_outbound_shop-2"),
    Secretsshopline6F8707F5: lineSecret("Fixed/shop"),
    SecretsshopgenesysBF8DD69C: genesysSecret("Fixed/shop"),
    Secretsshop2lineF9B003C1: lineSecret("Fixed/shop-2"),
    Secretsshop2genesys07465A01: genesysSecret("Fixed/shop-2"),
    OperationsAlarmsoperationsexamplecom85B899D5: { Protocol: "email" },
  },
};

const app = withoutTraces(() => buildApp({ markets: MARKETS, context: WITHOUT_BUNDLING }));
afterAll(() => rmSync(app.outdir, { recursive: true, force: true }));

/** By logical id the pinned properties of each resource of a pinned type. */
function pinnedResources(market: string): Record<string, object> {
  const template = templateOf(app, market);
  return Object.fromEntries(
    Object.entries(PINNED).flatMap(([type, names]) =>
      Object.entries(template.findResources(type)).map(([id, { Properties = {} }]) => [
        id,
        Object.fromEntries(
          names.filter((name) => name in Properties).map((name) => [name, Properties[name]]),
        ),
      ]),
    ),
  );
}

test.each(Object.keys(MARKETS))("what holds data in %s keeps its logical id", (market) => {
  expect(pinnedResources(market)).toEqual({
    ...inEveryMarket(market),
    ...OF_ONE_MARKET[market],
  });
});
