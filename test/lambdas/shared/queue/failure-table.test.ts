import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { createFailureTable } from "../../../../lambdas/shared/queue/failure-table.ts";
import { startTable, TABLE } from "../../local-table.ts";

const NOW = 1_795_392_000_000;
const now = () => NOW;

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

describe("the failures of a message", () => {
  it("are counted for each message, whichever instance counts", async () => {
    const one = createFailureTable({ documents: server.documents, name: TABLE, now });
    const other = createFailureTable({ documents: server.documents, name: TABLE, now });
    expect(await one.of("m1")).toBe(0);
    expect(await one.add("m1")).toBe(1);
    expect(await other.add("m1")).toBe(2);
    expect(await other.add("m2")).toBe(1);
    expect(await one.of("m1")).toBe(2);
  });

  it("are forgotten two days after the last one", async () => {
    const table = createFailureTable({ documents: server.documents, name: TABLE, now });
    await table.add("m3");
    const { Item } = await server.documents.send(
      new GetCommand({ TableName: TABLE, Key: { pk: "failures#m3" } }),
    );
    expect(Item?.expiresAt).toBe(NOW / 1_000 + 2 * 86_400);
  });
});
