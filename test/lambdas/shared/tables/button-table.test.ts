import { createButtonTable } from "../../../../lambdas/shared/tables/button-table.ts";
import { startTable, TABLE } from "../../local-table.ts";

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

describe("the button table", () => {
  it("finds a button by message and number, for 90 days", async () => {
    const state = { now: 1_795_392_000_000 };
    const table = createButtonTable(server.documents, TABLE, () => state.now);
    const button = {
      type: "QuickReply" as const,
      originatingMessageId: "g1",
      text: "はい",
      payload: "あ".repeat(2_000),
    };
    await table.put("retail-thai", "g1", [{ ...button, index: 3 }]);
    expect(await table.get("retail-thai", "g1", 3)).toMatchObject(button);
    expect(await table.get("retail-thai", "g1", 2)).toBeUndefined();
    expect(await table.get("travel-thai", "g1", 3)).toBeUndefined();
    expect(await table.get("retail-thai", "g2", 3)).toBeUndefined();
    state.now += 90 * 86_400_000;
    expect(await table.get("retail-thai", "g1", 3)).toBeUndefined();
  });

  it("refuses more than DynamoDB takes, as something that no further try mends", async () => {
    const table = createButtonTable(server.documents, TABLE, () => 0);
    const long = (payload: string) => ({
      index: 0,
      type: "Button" as const,
      originatingMessageId: "g3",
      text: "x",
      payload,
    });
    await table.put("retail-thai", "g3", [long("あ".repeat(110_000))]);
    await expect(
      table.put("retail-thai", "g3", [long("あ".repeat(120_000))]),
    ).rejects.toMatchObject({ reason: "ButtonsTooLarge", receipt: "InvalidMessageStructure" });
  });
});
