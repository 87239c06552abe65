import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { RunFile } from "../../local/run-file.ts";

/** The AWS services that hold a market's state. */
export interface AwsClients {
  cloudFormation: CloudFormationClient;
  secrets: SecretsManagerClient;
  sqs: SQSClient;
  dynamodb: DynamoDBDocumentClient;
  s3: S3Client;
  sts: STSClient;
}

/**
 * Clients for AWS with the credentials that its SDK finds (environment, profile, single sign-on). With the
 * endpoints of a bridge that runs here, clients for that bridge.
 */
export function createAwsClients(region: string, local?: RunFile["aws"]): AwsClients {
  const settings = (endpoint: string | undefined) =>
    endpoint === undefined
      ? { region }
      : { region, endpoint, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  return {
    cloudFormation: new CloudFormationClient(settings(local?.cloudFormation)),
    secrets: new SecretsManagerClient(settings(local?.secretsManager)),
    sqs: new SQSClient(settings(local?.sqs)),
    dynamodb: DynamoDBDocumentClient.from(new DynamoDBClient(settings(local?.dynamodb))),
    s3: new S3Client(settings(local?.s3)),
    // A bridge that runs here has none; nothing of it is to ask AWS.
    sts: new STSClient(settings(local?.cloudFormation)),
  };
}
