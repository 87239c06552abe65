import { BatchGetCommand, type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { readItems } from "../../../../lambdas/shared/tables/read-items.ts";
import { startTable, TABLE } from "../../local-table.ts";

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

/** A table that leaves out of each call the keys that `leaves` names, and what it was asked for. */
function setUp(leaves: (pk: string, call: number) => boolean = () => false) {
  const asked: { keys: string[]; isConsistent: boolean | undefined }[] = [];
  async function send(command: Parameters<DynamoDBDocumentClient["send"]>[0]) {
    if (!(command instanceof BatchGetCommand)) throw new Error("not expected");
    const { Keys = [], ConsistentRead } = command.input.RequestItems?.[TABLE] ?? {};
    asked.push({ keys: Keys.map(({ pk }) => pk), isConsistent: ConsistentRead });
    const [left, read] = [true, false].map((isLeft) =>
      Keys.filter(({ pk }) => leaves(pk, asked.length) === isLeft),
    );
    const RequestItems = { [TABLE]: { Keys: read, ConsistentRead } };
    const answer = read?.length
      ? await server.documents.send(new BatchGetCommand({ RequestItems }))
      : {};
    return { ...answer, UnprocessedKeys: left?.length ? { [TABLE]: { Keys: left } } : {} };
  }
  const documents = new Proxy(server.documents, {
    get: (target, property) => (property === "send" ? send : Reflect.get(target, property)),
  });
  const read = (pks: string[], isConsistent = true) =>
    readItems({ documents, name: TABLE }, pks, isConsistent);
  return { read, asked };
}

const item = (pk: string) => ({ pk, of: `what ${pk} holds` });
const put = (pk: string) =>
  server.documents.send(new PutCommand({ TableName: TABLE, Item: item(pk) }));

describe("reading items together", () => {
  it("takes one call, and says which there are not", async () => {
    await put("a");
    await put("b");
    const { read, asked } = setUp();
    expect([...(await read(["a", "none", "b"]))]).toEqual([
      ["a", item("a")],
      ["none", undefined],
      ["b", item("b")],
    ]);
    expect(asked).toEqual([{ keys: ["a", "none", "b"], isConsistent: true }]);
  });

  it("is consistent where that is asked for", async () => {
    const { read, asked } = setUp();
    await read(["a"], false);
    expect(asked).toMatchObject([{ isConsistent: false }]);
  });

  it("asks once more for what DynamoDB has left out", async () => {
    await put("a");
    const { read, asked } = setUp((pk, call) => pk === "a" && call === 1);
    expect(await read(["a", "none"])).toEqual(
      new Map([
        ["a", item("a")],
        ["none", undefined],
      ]),
    );
    expect(asked.map(({ keys }) => keys)).toEqual([["a", "none"], ["a"]]);
  });

  it("does not say that there is none of what stays left out", async () => {
    await put("a");
    const { read, asked } = setUp((pk) => pk === "a");
    expect((await read(["a", "none"])).has("a")).toBe(false);
    expect(asked).toHaveLength(2);
  });

  it("takes a call for each 100", async () => {
    const { read, asked } = setUp();
    const pks = Array.from({ length: 201 }, (_, index) => `none-${index}`);
    expect((await read(pks)).size).toBe(201);
    expect(asked.map(({ keys }) => keys.length)).toEqual([100, 100, 1]);
  });

  it("takes no call for nothing", async () => {
    const { read, asked } = setUp();
    expect((await read([])).size).toBe(0);
    expect(asked).toEqual([]);
  });
});
