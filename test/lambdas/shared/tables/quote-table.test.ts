import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { createQuoteTable } from "../../../../lambdas/shared/tables/quote-table.ts";
import { startTable, TABLE } from "../../local-table.ts";

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const START = 1_795_392_000_000;
const DAY_MS = 86_400_000;
const state = { now: START };
const tableOf = (brand: string) =>
  createQuoteTable(brand, { documents: server.documents, name: TABLE, now: () => state.now });

const stored = async () => {
  const { Items } = await server.documents.send(new ScanCommand({ TableName: TABLE }));
  return JSON.stringify(Items);
};

let table: ReturnType<typeof tableOf>;
beforeEach(() => {
  state.now = START;
  table = tableOf("retail-thai");
});

describe("the table of what may be quoted", () => {
  it("knows for 7 days how a message begins, by brand, customer and message", async () => {
    await table.keep("U1", { messageId: "1", text: "ราคาเท่าไหร่คะ", writtenAt: START });
    expect(await table.get("U1", "1")).toBe("ราคาเท่าไหร่คะ");
    expect(await table.get("U1", "2")).toBeUndefined();
    expect(await table.get("U2", "1")).toBeUndefined();
    expect(await tableOf("travel-thai").get("U1", "1")).toBeUndefined();
    state.now += 7 * DAY_MS - 1_000;
    expect(await table.get("U1", "1")).toBe("ราคาเท่าไหร่คะ");
    state.now += 1_000;
    expect(await table.get("U1", "1")).toBeUndefined();
  });

  it("keeps no more than the first 80 characters, and cuts none in two", async () => {
    const text = `${"あ".repeat(79)}👨‍👩‍👧 secret`;
    await table.keep("U1", { messageId: "cut", text, writtenAt: START });
    expect(await table.get("U1", "cut")).toBe(`${"あ".repeat(79)}…`);
    const short = "あ".repeat(80);
    await table.keep("U1", { messageId: "short", text: short, writtenAt: START });
    expect(await table.get("U1", "short")).toBe(short);
    await table.keep("U1", { messageId: "long", text: `${short}い`, writtenAt: START });
    expect(await table.get("U1", "long")).toBe(`${short}…`);
    expect(await stored()).not.toMatch(/secret|い/);
  });

  it("knows the newest text of an edited message, whichever comes first", async () => {
    await table.keep("U1", { messageId: "edited", text: "二時", writtenAt: START + 2 });
    await table.keep("U1", { messageId: "edited", text: "一時", writtenAt: START + 1 });
    expect(await table.get("U1", "edited")).toBe("二時");
    await table.keep("U1", { messageId: "edited", text: "三時", writtenAt: START + 3 });
    expect(await table.get("U1", "edited")).toBe("三時");
  });

  it("leaves nothing of what is forgotten", async () => {
    await table.keep("U3", { messageId: "gone", text: "my address", writtenAt: START });
    await table.forget("U3", "gone");
    await table.forget("U3", "never kept");
    expect(await stored()).not.toMatch(/address|U3/);
  });

  it("holds nothing of an unsent message, also when LINE sends it again", async () => {
    const message = { messageId: "unsent", text: "my password", writtenAt: START };
    await table.keep("U1", message);
    await table.unsent("U1", "unsent", START + 1_000);
    expect(await table.get("U1", "unsent")).toBeUndefined();
    expect(await stored()).not.toContain("password");
    await table.keep("U1", message);
    expect(await stored()).not.toContain("password");
  });
});
