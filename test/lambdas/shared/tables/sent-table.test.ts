import { createSentTable } from "../../../../lambdas/shared/tables/sent-table.ts";
import { startTable, TABLE } from "../../local-table.ts";

const START = 1_795_392_000_000;
const DAY = 86_400_000;

let server: Awaited<ReturnType<typeof startTable>>;
let now: number;
beforeAll(async () => {
  server = await startTable();
});
beforeEach(() => {
  now = START;
});
afterAll(() => server.close());

const table = (brand = "retail-thai") =>
  createSentTable(brand, { documents: server.documents, name: TABLE, now: () => now });

describe("the table of accepted pushes", () => {
  it("adds each push once, by brand and message", async () => {
    const sent = table();
    expect(await sent.get("g1")).toBeUndefined();
    for (const path of [[1], [2, 1], [1]]) await sent.add("g1", path, 3);
    expect(await sent.get("g1")).toEqual({ parts: 3, sent: ["1", "2.1"] });
    expect(await sent.get("g2")).toBeUndefined();
    expect(await table("travel-thai").get("g1")).toBeUndefined();
  });

  it("adds nothing to what was split differently", async () => {
    const sent = table();
    await sent.add("g3", [3], 3);
    await expect(sent.add("g3", [1], 4)).rejects.toThrow();
    expect(await sent.get("g3")).toEqual({ parts: 3, sent: ["3"] });
  });

  it("forgets 16 days after the last push", async () => {
    const sent = table();
    await sent.add("g4", [1], 2);
    now += DAY;
    await sent.add("g4", [2], 2);
    now += 16 * DAY - 1;
    expect(await sent.get("g4")).toBeDefined();
    now += 1;
    expect(await sent.get("g4")).toBeUndefined();
  });
});
