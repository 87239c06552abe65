import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { prepareConsumer } from "../../../../lambdas/shared/function/prepare-consumer.ts";

function setUp(region: () => Promise<string>) {
  let requests = 0;
  let signatures = 0;
  const client = new DynamoDBClient({
    region,
    maxAttempts: 1,
    credentials: async () => {
      signatures += 1;
      return { accessKeyId: "id", secretAccessKey: "key" };
    },
    requestHandler: {
      handle: async () => {
        requests += 1;
        throw new Error("must not be asked");
      },
    },
  });
  const documents = DynamoDBDocumentClient.from(client);
  const table = { documents, name: "table", now: () => 0 };
  return { table, requests: () => requests, signatures: () => signatures };
}

it("reads from the table as far as the network, and not through it", async () => {
  const { table, requests, signatures } = setUp(async () => "ap-southeast-1");
  await prepareConsumer(table);
  expect([signatures(), requests()]).toEqual([1, 0]);
});

it("fails no start", async () => {
  const { table } = setUp(async () => {
    throw new Error("no region");
  });
  await expect(prepareConsumer(table)).resolves.toBeUndefined();
});
