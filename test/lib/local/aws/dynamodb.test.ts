import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { createTables, startDynamodb } from "../../../../lib/local/aws/dynamodb.ts";
import { type Emulators, startEmulators } from "../../../../lib/local/aws/emulators.ts";
import type { HttpServer } from "../../../../lib/local/http-server.ts";

const region = "ap-southeast-1";

describe("DynamoDB", () => {
  let emulators: Emulators;
  let server: HttpServer;
  let client: DynamoDBDocumentClient;

  beforeAll(async () => {
    emulators = await startEmulators(
      region,
      () => {},
      () => {},
    );
    server = await startDynamodb(emulators.urls.dynalite, () => ["pk"]);
    await createTables(server.url, region, [
      {
        logicalId: "Table",
        name: "State",
        keySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        attributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      },
    ]);
    client = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        region,
        endpoint: server.url,
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      }),
    );
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
    await emulators.close();
  });

  test("gives the item that stands in a conditional write's way", async () => {
    const put = new PutCommand({
      TableName: "State",
      Item: { pk: "a", status: "INPROGRESS", expiresAt: 10 },
      ConditionExpression: "attribute_not_exists(#pk) OR #expiresAt < :now",
      ExpressionAttributeNames: { "#pk": "pk", "#expiresAt": "expiresAt" },
      ExpressionAttributeValues: { ":now": 5 },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    await client.send(put);
    await expect(client.send(put)).rejects.toMatchObject({
      name: "ConditionalCheckFailedException",
      Item: { pk: { S: "a" }, status: { S: "INPROGRESS" }, expiresAt: { N: "10" } },
    });
    put.input.ExpressionAttributeValues = { ":now": 11 };
    await client.send(put);
  });

  test("counts with ADD under a condition", async () => {
    const add = new UpdateCommand({
      TableName: "State",
      Key: { pk: "budget" },
      UpdateExpression: "ADD used :one",
      ConditionExpression: "attribute_not_exists(used) OR used < :limit",
      ExpressionAttributeValues: { ":one": 1, ":limit": 2 },
      ReturnValues: "UPDATED_NEW",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    await client.send(add);
    expect((await client.send(add)).Attributes).toEqual({ used: 2 });
    await expect(client.send(add)).rejects.toMatchObject({ Item: { used: { N: "2" } } });
    const { Item } = await client.send(
      new GetCommand({ TableName: "State", Key: { pk: "budget" }, ConsistentRead: true }),
    );
    expect(Item).toEqual({ pk: "budget", used: 2 });
  });
});
