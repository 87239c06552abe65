import { Agent } from "node:https";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { RunFile } from "../../local/run-file.ts";
import { KEEPING_STEP, keepCalledUrl } from "./called-url.ts";

/** The AWS services that hold a market's state, and those that say what is wrong with the account. */
export interface AwsClients {
  cloudFormation: CloudFormationClient;
  cloudWatch: CloudWatchClient;
  lambda: LambdaClient;
  sns: SNSClient;
  secrets: SecretsManagerClient;
  sqs: SQSClient;
  dynamodb: DynamoDBDocumentClient;
  s3: S3Client;
  sts: STSClient;
}

/** The SDK has no time limits of its own, and a person is waiting. */
const TIMEOUTS = {
  connectionTimeout: 5_000,
  requestTimeout: 8_000,
  throwOnRequestTimeout: true,
};

/**
 * Clients for AWS with the credentials that its SDK finds (environment, profile, single sign-on). With the
 * endpoints of a bridge that runs here, clients for that bridge.
 */
export function createAwsClients(region: string, local?: RunFile["aws"]): AwsClients {
  const settings = (endpoint: string | undefined) =>
    endpoint === undefined
      ? { region, requestHandler: { ...TIMEOUTS, ...throughProxy() } }
      : {
          region,
          endpoint,
          credentials: { accessKeyId: "test", secretAccessKey: "test" },
          requestHandler: TIMEOUTS,
        };
  const clients = {
    cloudFormation: new CloudFormationClient(settings(local?.cloudFormation)),
    cloudWatch: new CloudWatchClient(settings(local?.cloudWatch)),
    lambda: new LambdaClient(settings(local?.lambda)),
    sns: new SNSClient(settings(local?.sns)),
    secrets: new SecretsManagerClient(settings(local?.secretsManager)),
    sqs: new SQSClient(settings(local?.sqs)),
    dynamodb: DynamoDBDocumentClient.from(new DynamoDBClient(settings(local?.dynamodb))),
    s3: new S3Client(settings(local?.s3)),
    // A bridge that runs here has none; nothing of it is to ask AWS.
    sts: new STSClient(settings(local?.cloudFormation)),
  };
  clients.cloudFormation.middlewareStack.add(keepCalledUrl, KEEPING_STEP);
  clients.cloudWatch.middlewareStack.add(keepCalledUrl, KEEPING_STEP);
  clients.secrets.middlewareStack.add(keepCalledUrl, KEEPING_STEP);
  clients.sqs.middlewareStack.add(keepCalledUrl, KEEPING_STEP);
  clients.dynamodb.middlewareStack.add(keepCalledUrl, KEEPING_STEP);
  clients.s3.middlewareStack.add(keepCalledUrl, KEEPING_STEP);
  return clients;
}

/** `fetch` uses the proxy of the environment with this variable; the SDK's own agents do not. */
function throughProxy() {
  return process.env.NODE_USE_ENV_PROXY === "1"
    ? { httpsAgent: new Agent({ keepAlive: true, proxyEnv: process.env }) }
    : {};
}
