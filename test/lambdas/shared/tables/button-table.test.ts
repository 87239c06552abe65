import { createButtonTable } from "../../../../lambdas/shared/tables/button-table.ts";
import { startTable, TABLE } from "../../local-table.ts";

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const tableOf = (brand: string, now: () => number) =>
  createButtonTable(brand, { documents: server.documents, name: TABLE, now });

describe("the button table", () => {
  it("finds a button by message and number, for 90 days", async () => {
    const state = { now: 1_795_392_000_000 };
    const table = tableOf("retail-thai", () => state.now);
    const button = {
      type: "QuickReply" as const,
      originatingMessageId: "g1",
      text: "はい",
      payload: "あ".repeat(2_000),
    };
    await table.put("g1", [{ ...button, index: 3 }]);
    expect(await table.get("g1", 3)).toMatchObject(button);
    expect(await table.get("g1", 2)).toBeUndefined();
    expect(await tableOf("travel-thai", () => state.now).get("g1", 3)).toBeUndefined();
    expect(await table.get("g2", 3)).toBeUndefined();
    state.now += 90 * 86_400_000;
    expect(await table.get("g1", 3)).toBeUndefined();
  });

  it("refuses more than DynamoDB takes, as something that no further try fixes", async () => {
    const table = tableOf("retail-thai", () => 0);
    const long = (payload: string) => ({
      index: 0,
      type: "Button" as const,
      originatingMessageId: "g3",
      text: "x",
      payload,
    });
    await table.put("g3", [long("あ".repeat(110_000))]);
    await expect(table.put("g3", [long("あ".repeat(120_000))])).rejects.toMatchObject({
      reason: "ButtonsTooLarge",
      receipt: "InvalidMessageStructure",
    });
  });
});
