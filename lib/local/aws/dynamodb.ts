import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { HttpServer } from "../http-server.ts";
import type { TableDefinition } from "../template/stack-definition.ts";
import { type AwsGate, openGate } from "./access/aws-gate.ts";
import { dynamodbAccess } from "./access/dynamodb-access.ts";
import { operationOf, parseJson } from "./aws-json.ts";
import { type Forward, startAwsProxy } from "./aws-proxy.ts";
import type { AwsRequest, AwsResponse } from "./aws-server.ts";

/** Starts the server that the functions use as DynamoDB, in front of dynalite. */
export async function startDynamodb(
  dynaliteUrl: string,
  keysOf: (tableName: string) => string[],
  gate: AwsGate = openGate,
): Promise<HttpServer> {
  return startAwsProxy(dynaliteUrl, (request, forward) =>
    gate(dynamodbAccess, request, () => answerTo(request, forward, keysOf)),
  );
}

async function answerTo(
  request: AwsRequest,
  forward: Forward,
  keysOf: (tableName: string) => string[],
): Promise<AwsResponse> {
  const answer = await forward(request);
  switch (operationOf(request.headers)) {
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
      return answer.status === 400 ? withConflictingItem(request, answer, forward, keysOf) : answer;
    default:
      return answer;
  }
}

/** Creates the template's tables. */
export async function createTables(
  dynamodbUrl: string,
  region: string,
  tables: TableDefinition[],
): Promise<void> {
  const client = new DynamoDBClient({
    region,
    endpoint: dynamodbUrl,
    credentials: { accessKeyId: "LOCAL-deployment", secretAccessKey: "local" },
  });
  try {
    for (const { name, keySchema, attributeDefinitions } of tables) {
      await client.send(
        new CreateTableCommand({
          TableName: name,
          KeySchema: keySchema,
          AttributeDefinitions: attributeDefinitions,
          BillingMode: "PAY_PER_REQUEST",
        }),
      );
    }
  } finally {
    client.destroy();
  }
}

const item = z.record(z.string(), z.unknown());
const conditionalSchema = z.object({
  TableName: z.string(),
  ReturnValuesOnConditionCheckFailure: z.literal("ALL_OLD"),
  Key: item.optional(),
  Item: item.optional(),
});
const refusalSchema = z.looseObject({
  __type: z.string().endsWith("#ConditionalCheckFailedException"),
});
const foundSchema = z.object({ Item: item });

/** dynalite ignores ReturnValuesOnConditionCheckFailure; the item is read and added here. */
async function withConflictingItem(
  request: AwsRequest,
  answer: AwsResponse,
  forward: Forward,
  keysOf: (tableName: string) => string[],
): Promise<AwsResponse> {
  const write = conditionalSchema.safeParse(parseJson(request.body));
  const refusal = refusalSchema.safeParse(parseJson(answer.body));
  if (!write.success || !refusal.success) return answer;
  const { TableName, Key, Item } = write.data;
  const keys = keysOf(TableName);
  const key = Key ?? Object.fromEntries(keys.map((name) => [name, Item?.[name]]));
  const reading = await forward({
    ...request,
    headers: { ...request.headers, "x-amz-target": "DynamoDB_20120810.GetItem" },
    body: Buffer.from(JSON.stringify({ TableName, Key: key, ConsistentRead: true })),
  });
  const found = foundSchema.safeParse(parseJson(reading.body));
  if (!found.success) return answer;
  const { "x-amz-crc32": _checksum, ...headers } = answer.headers;
  return {
    ...answer,
    headers,
    body: Buffer.from(JSON.stringify({ ...refusal.data, Item: found.data.Item })),
  };
}
