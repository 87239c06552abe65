import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { createTables, startDynamodb } from "../../../../../lib/local/aws/dynamodb.ts";
import { type Emulators, startEmulators } from "../../../../../lib/local/aws/emulators.ts";
import type { HttpServer } from "../../../../../lib/local/http-server.ts";
import { AS_WORKER, allow, deny, guardWorker, REGION, refusalOf } from "./guarded-function.ts";

const TableName = "State";
const Key = { pk: { S: "a" } };
const query = {
  TableName,
  KeyConditionExpression: "pk = :a",
  ExpressionAttributeValues: { ":a": { S: "a" } },
};
const arn = `arn:aws:dynamodb:${REGION}:000000000000:table/State`;
const { gate, logged, setRole } = guardWorker();
let emulators: Emulators;
let server: HttpServer;
let worker: DynamoDBClient;

beforeAll(async () => {
  const ignore = () => {};
  emulators = await startEmulators(REGION, ignore, ignore);
  server = await startDynamodb(emulators.urls.dynalite, () => ["pk"], gate);
  await createTables(server.url, REGION, [
    {
      logicalId: "Table",
      name: TableName,
      keySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      attributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    },
  ]);
  worker = new DynamoDBClient({ ...AS_WORKER, endpoint: server.url });
});
afterAll(async () => {
  worker.destroy();
  await server.close();
  await emulators.close();
});

const calls: [operation: string, call: () => Promise<unknown>][] = [
  ["GetItem", () => worker.send(new GetItemCommand({ TableName, Key }))],
  [
    "BatchGetItem",
    () => worker.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key] } } })),
  ],
  ["PutItem", () => worker.send(new PutItemCommand({ TableName, Item: Key }))],
  ["UpdateItem", () => worker.send(new UpdateItemCommand({ TableName, Key }))],
  ["DeleteItem", () => worker.send(new DeleteItemCommand({ TableName, Key }))],
  ["Query", () => worker.send(new QueryCommand(query))],
  ["Scan", () => worker.send(new ScanCommand({ TableName }))],
];

test.each(calls)("%s takes the action of its name on the table", async (operation, call) => {
  const action = `dynamodb:${operation}`;
  setRole(allow(action, arn));
  await call();
  expect(logged()).toEqual([]);

  setRole(allow("*"), deny(action, arn));
  await expect(call()).rejects.toThrow(
    `${refusalOf(action, arn)} with an explicit deny in an identity-based policy`,
  );
});

test("refuses as DynamoDB does, and says which permission is missing", async () => {
  setRole(allow("dynamodb:GetItem", arn));
  await expect(worker.send(new PutItemCommand({ TableName, Item: Key }))).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: `${refusalOf("dynamodb:PutItem", arn)} because no identity-based policy allows the dynamodb:PutItem action`,
    $metadata: { httpStatusCode: 400 },
  });
  expect(logged()).toEqual([
    `worker platform: AccessDenied: the role WorkerRole does not allow dynamodb:PutItem on ${arn}`,
  ]);
});

test("a query of an index takes the index", async () => {
  setRole(allow("dynamodb:Query", arn));
  await expect(worker.send(new QueryCommand({ ...query, IndexName: "ByBrand" }))).rejects.toThrow(
    refusalOf("dynamodb:Query", `${arn}/index/ByBrand`),
  );
});

test("a conditional write gives the item in its way without the right to read", async () => {
  setRole(allow("dynamodb:PutItem", arn));
  const put = new PutItemCommand({
    TableName,
    Item: { pk: { S: "once" } },
    ConditionExpression: "attribute_not_exists(pk)",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
  await worker.send(put);
  await expect(worker.send(put)).rejects.toMatchObject({ Item: { pk: { S: "once" } } });
});

test.each([
  [
    "TransactWriteItems",
    () =>
      worker.send(
        new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: Key } }] }),
      ),
  ],
  ["DeleteTable", () => worker.send(new DeleteTableCommand({ TableName }))],
])("refuses what it does not know, whatever the role allows: %s", async (operation, call) => {
  setRole(allow("*"));
  await expect(call()).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect(logged()).toEqual([
    expect.stringContaining(`does not know what dynamodb:${operation} takes`),
  ]);
});
