import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { type BreakerState, CLOSED } from "../../../../lambdas/shared/breaker/breaker-state.ts";
import { createBreakerTable } from "../../../../lambdas/shared/breaker/breaker-table.ts";
import { startTable, TABLE } from "../../local-table.ts";

const NOW = 1_795_392_000_000;
const seen = [{ customer: "0a1b2c3d", at: NOW }];
const OPEN: BreakerState = {
  failed: [],
  succeeded: seen,
  open: {
    since: NOW,
    failedAt: NOW,
    probeAt: NOW + 10_000,
    probed: seen,
    lastError: "LINE answered 503.",
    isAccessRefused: false,
  },
};

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const tableOf = (brand: string, now = NOW) =>
  createBreakerTable(brand, { documents: server.documents, name: TABLE, now: () => now });

describe("the table of the breakers", () => {
  it("keeps what is known of each host of each brand", async () => {
    const table = tableOf("one");
    const nothing = await table.read("line-api");
    expect(nothing).toEqual({ state: CLOSED, version: 0 });
    const written = await table.write("line-api", nothing, OPEN);
    expect(written).toEqual({ state: OPEN, version: 1 });
    expect(await table.read("line-api")).toEqual(written);
    expect(await table.read("line-content")).toEqual(nothing);
    expect(await tableOf("other").read("line-api")).toEqual(nothing);
    const closed = { state: { failed: seen, succeeded: [], open: undefined }, version: 1 };
    expect(await table.write("line-api", closed, closed.state)).toMatchObject({ version: 2 });
    expect(await table.read("line-api")).toEqual({
      state: { failed: seen, succeeded: [] },
      version: 2,
    });
  });

  it("takes one of two changes of the same state", async () => {
    const table = tableOf("two");
    const nothing = await table.read("line-api");
    expect(await table.write("line-api", nothing, OPEN)).toBeDefined();
    expect(await table.write("line-api", nothing, CLOSED)).toBeUndefined();
    const first = await table.read("line-api");
    expect(await table.write("line-api", first, CLOSED)).toBeDefined();
    expect(await table.write("line-api", first, OPEN)).toBeUndefined();
    expect(await table.read("line-api")).toEqual({ state: CLOSED, version: 2 });
  });

  it("forgets after a day, whether DynamoDB has deleted the item or not", async () => {
    const before = { state: CLOSED, version: 0 };
    await tableOf("three").write("line-api", before, OPEN);
    const late = tableOf("three", NOW + 86_400_000);
    const forgotten = await late.read("line-api");
    expect(forgotten).toEqual({ state: CLOSED, version: 1 });
    expect(await late.write("line-api", forgotten, OPEN)).toMatchObject({ version: 2 });
  });

  it("takes an item that it cannot read for none", async () => {
    const pk = "breaker#four#line-api";
    await server.documents.send(
      new PutCommand({
        TableName: TABLE,
        Item: { pk, version: 7, expiresAt: NOW, open: "a later version's" },
      }),
    );
    expect(await tableOf("four").read("line-api")).toEqual({ state: CLOSED, version: 7 });
  });
});
