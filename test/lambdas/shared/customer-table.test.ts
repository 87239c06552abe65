import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createCustomerTable } from "../../../lambdas/shared/aws/customer-table.ts";
import { scriptedServer } from "../scripted-server.ts";

const DAY = 86_400_000;

/** A table of one attribute map per key, as DynamoDB's protocol shows it. */
async function setUp() {
  const items = new Map<string, unknown>();
  const server = await scriptedServer(({ headers, body }) => {
    const { Key, Item } = JSON.parse(body);
    if (String(headers["x-amz-target"]).endsWith("PutItem"))
      items.set(JSON.stringify(Item.pk), Item);
    return { status: 200, body: { Item: Key && items.get(JSON.stringify(Key.pk)) } };
  });
  const client = new DynamoDBClient({
    endpoint: server.origin,
    region: "ap-southeast-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const state = { now: 1_795_392_000_000 };
  const table = createCustomerTable(DynamoDBDocumentClient.from(client), "table", () => state.now);
  const close = async () => {
    client.destroy();
    await server.close();
  };
  return { table, state, close };
}

describe("the customer table", () => {
  it("keeps a display name per brand and customer: fresh for a day, stale for 90, then gone", async () => {
    const { table, state, close } = await setUp();
    await table.putDisplayName("retail-thai", "U1", "สมชาย");
    expect(await table.getDisplayName("retail-thai", "U1")).toEqual({
      displayName: "สมชาย",
      isStale: false,
    });
    expect(await table.getDisplayName("travel-thai", "U1")).toBeUndefined();
    expect(await table.getDisplayName("retail-thai", "U2")).toBeUndefined();
    state.now += DAY + 1;
    expect(await table.getDisplayName("retail-thai", "U1")).toEqual({
      displayName: "สมชาย",
      isStale: true,
    });
    // DynamoDB may still hold the item; the reader does not believe it.
    state.now += 89 * DAY;
    expect(await table.getDisplayName("retail-thai", "U1")).toBeUndefined();
    await close();
  });
});
