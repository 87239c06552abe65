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
    expect(await one.add("m1")).toEqual({ failures: 1 });
    expect(await other.add("m1")).toEqual({ failures: 2 });
    expect(await other.add("m2")).toEqual({ failures: 1 });
    expect(await one.of("m1")).toBe(2);
  });

  it("tell when the first refusal for now was, whatever came before and after it", async () => {
    const state = { now: NOW };
    const documents = server.documents;
    const table = createFailureTable({ documents, name: TABLE, now: () => state.now });
    await table.add("m4");
    state.now += 1_000;
    expect(await table.add("m4", "refused")).toEqual({ failures: 2, refusedSince: NOW + 1_000 });
    state.now += 1_000;
    expect(await table.add("m4")).toEqual({ failures: 3, refusedSince: NOW + 1_000 });
    expect(await table.add("m4", "refused")).toEqual({ failures: 4, refusedSince: NOW + 1_000 });
  });

  it("tell since when a limit of messages is reached, apart from refusals for now", async () => {
    const state = { now: NOW };
    const documents = server.documents;
    const table = createFailureTable({ documents, name: TABLE, now: () => state.now });
    await table.add("m6", "refused");
    state.now += 1_000;
    const since = { refusedSince: NOW, limitedSince: NOW + 1_000 };
    expect(await table.add("m6", "limited")).toEqual({ failures: 2, ...since });
    state.now += 1_000;
    expect(await table.add("m6", "limited")).toEqual({ failures: 3, ...since });
  });

  it("tell how often it failed alone and since when, apart from its other failures", async () => {
    const state = { now: NOW };
    const documents = server.documents;
    const table = createFailureTable({ documents, name: TABLE, now: () => state.now });
    await table.add("m5");
    state.now += 1_000;
    const since = { aloneSince: NOW + 1_000 };
    expect(await table.add("m5", "alone")).toEqual({ failures: 2, alone: 1, ...since });
    state.now += 1_000;
    expect(await table.add("m5")).toEqual({ failures: 3, alone: 1, ...since });
    expect(await table.add("m5", "alone")).toEqual({ failures: 4, alone: 2, ...since });
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
