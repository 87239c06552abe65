import { createRefusedTable } from "../../../../lambdas/shared/tables/refused-table.ts";
import { startTable, TABLE } from "../../local-table.ts";

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const tableOf = (brand: string, now: () => number) =>
  createRefusedTable(brand, { documents: server.documents, name: TABLE, now });

describe("the table of what LINE has refused", () => {
  it("knows the messages of a push, for longer than LINE knows its retry key", async () => {
    const state = { now: 1_795_392_000_000 };
    const table = tableOf("retail-thai", () => state.now);
    await table.put("g1", [1, 2], [0, 4]);
    state.now += 24 * 3_600_000;
    expect(await table.get("g1", [1, 2])).toEqual([0, 4]);
    expect(await table.get("g1", [1])).toBeUndefined();
    expect(await table.get("g1", [12])).toBeUndefined();
    expect(await table.get("g2", [1, 2])).toBeUndefined();
    expect(await tableOf("travel-thai", () => state.now).get("g1", [1, 2])).toBeUndefined();
    state.now += 24 * 3_600_000;
    expect(await table.get("g1", [1, 2])).toBeUndefined();
  });
});
