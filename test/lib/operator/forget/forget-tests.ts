import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { createQuoteTable } from "../../../../lambdas/shared/tables/quote-table.ts";
import type { LineCustomer } from "../../../../lib/local/simulators/line/customers.ts";
import { forget } from "../../../../lib/operator/forget/forget.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import { PICTURE } from "../../../chaos/picture.ts";
import { eventually } from "../../local/eventually.ts";
import { letterBox } from "../dead-letters/letter-box.ts";
import type { LocalMarket } from "../local-market.ts";
import { recordingTerminal } from "../recording-terminal.ts";

export function forgetTests(running: () => LocalMarket): void {
  let market: LocalMarket;
  let one: BrandStack;
  let two: BrandStack;
  beforeAll(async () => {
    market = running();
    [one, two] = await market.brandsInUse();
  });
  afterEach(async () => {
    await letterBox(market, "inbound").empty();
    await letterBox(market, "outbound").empty();
  });

  const forgetting = (
    user: string,
    options: { brand?: string; terminal?: ReturnType<typeof recordingTerminal> } = {},
  ) => {
    const { brand, terminal = recordingTerminal() } = options;
    return forget(market.target, { user, brand }, terminal);
  };

  /** Whatever the table holds, as text. */
  async function table(): Promise<string[]> {
    const { tableName: TableName } = market.stack;
    const { Items = [] } = await market.target.aws.dynamodb.send(new ScanCommand({ TableName }));
    return Items.map((item) => JSON.stringify(item));
  }

  async function mediaKeys(): Promise<string[]> {
    const Bucket = market.stack.mediaBucket;
    const { Contents = [] } = await market.target.aws.s3.send(new ListObjectsV2Command({ Bucket }));
    return Contents.flatMap(({ Key }) => Key ?? []);
  }

  /** Somebody who has sent a text and an image, has written in a group, and has dead letters. */
  async function customerOf({ key }: BrandStack, name: string): Promise<LineCustomer> {
    const { line, genesys } = market.run;
    if (line === undefined || genesys === undefined) throw new Error("no platforms");
    const group = line.groups.named("family", [name]).id;
    await line.send(key, name, { type: "text", text: "hello" });
    await line.send(
      key,
      name,
      { type: "image" },
      { media: { bytes: PICTURE, contentType: "image/png" } },
    );
    await line.send(key, name, { type: "text", text: "all together" }, { group });
    const customer = line.customers.named(name);
    await eventually(() => (genesys.messages(key, customer.userId)[1] ? true : undefined), 10_000);
    await eventually(
      () => genesys.messages(key, group).find(({ text = "" }) => text.includes(name)),
      10_000,
    );
    for (const queue of ["inbound", "outbound"] as const) {
      const body = JSON.stringify({ text: `of ${name}` });
      await letterBox(market, queue).put({ groupId: `${key}#${customer.userId}`, body });
    }
    return customer;
  }

  const lettersOf = async (userId: string) => {
    const inbound = await letterBox(market, "inbound").peek();
    const outbound = await letterBox(market, "outbound").peek();
    return [...inbound, ...outbound].filter(({ groupId }) => groupId.includes(userId));
  };

  test("record, name in a group, media and dead letters are gone, and nobody else's", async () => {
    const ofOthers = await mediaKeys();
    const somchai = await customerOf(one, "Somchai");
    const before = await mediaKeys();
    const malee = await customerOf(one, "Malee");
    const ofMalee = (await mediaKeys()).filter((key) => !before.includes(key));
    expect(before).toHaveLength(ofOthers.length + 1);
    const terminal = recordingTerminal();

    const erased = await forgetting(somchai.userId, { terminal });
    expect(erased).toEqual({ records: 2, mediaObjects: 1, deadLetters: 2, unseenLetters: 0 });
    expect((await table()).filter((item) => /Somchai/.test(item))).toEqual([]);
    expect((await table()).filter((item) => item.includes(somchai.userId))).toEqual([]);
    expect(await lettersOf(somchai.userId)).toEqual([]);

    expect((await table()).filter((item) => item.includes(malee.userId))).toHaveLength(2);
    expect((await mediaKeys()).sort()).toEqual([...ofOthers, ...ofMalee].sort());
    expect(ofMalee).toHaveLength(1);
    expect(await lettersOf(malee.userId)).toHaveLength(2);

    expect(terminal.lines).toEqual([
      "Kept of this customer: 2 records, 1 media objects, 2 dead letters.",
      expect.stringMatching(`^This cannot be undone. It concerns .*${one.key}, ${two.key},`),
      "Erased: 2 records, 1 media objects, 2 dead letters.",
    ]);
    expect(terminal.screen()).not.toContain(somchai.userId);

    const again = recordingTerminal();
    const nothing = { records: 0, mediaObjects: 0, deadLetters: 0, unseenLetters: 0 };
    expect(await forgetting(somchai.userId, { terminal: again })).toEqual(nothing);
    expect(again.confirmed).toEqual([]);
  });

  test("without a yes everything stays", async () => {
    const { userId } = await customerOf(one, "Preecha");
    const theirs = async () => (await table()).filter((item) => item.includes(userId));
    const [items, keys] = [await theirs(), await mediaKeys()];
    expect(items).toHaveLength(2);
    const refused = forgetting(userId, { terminal: recordingTerminal({ says: false }) });
    await expect(refused).rejects.toThrow("Nothing was erased.");
    expect([await theirs(), await mediaKeys()]).toEqual([items, keys]);
    expect(await lettersOf(userId)).toHaveLength(2);
  });

  test("of one brand leaves what another one knows", async () => {
    const { userId } = await customerOf(one, "Anong");
    await customerOf(two, "Anong");
    const erased = await forgetting(userId, { brand: one.key });
    expect(erased).toEqual({ records: 2, mediaObjects: 1, deadLetters: 2, unseenLetters: 0 });
    expect((await lettersOf(userId)).map(({ groupId }) => groupId)).toEqual([
      `${two.key}#${userId}`,
      `${two.key}#${userId}`,
    ]);
    expect(await forgetting(userId)).toEqual(erased);
    await expect(forgetting(userId, { brand: "shop-0" })).rejects.toThrow(
      "--brand shop-0: there is none in this market; choose one of shop-1, shop-2, ",
    );
  });

  test("a group is a customer too, with the names of its members", async () => {
    await customerOf(one, "Pim");
    await customerOf(two, "Pim");
    const group = market.run.line?.groups.named("family").id ?? "";
    const isOfGroup = (item: string) => item.includes(group);
    const kept = (await table()).filter(isOfGroup);
    expect(kept.length).toBeGreaterThan(1);
    expect((await forgetting(group, { brand: one.key })).records).toBeGreaterThan(1);
    const left = (await table()).filter(isOfGroup);
    expect(left.filter((item) => item.includes(one.key))).toEqual([]);
    const ofTwo = (items: string[]) => items.filter((item) => item.includes(two.key)).sort();
    expect(ofTwo(left)).toEqual(ofTwo(kept));
    expect(ofTwo(left)).not.toEqual([]);
  });

  test("what may be quoted goes, also what a member wrote in a group", async () => {
    const { dynamodb: documents } = market.target.aws;
    const quotes = createQuoteTable(one.key, {
      documents,
      name: market.stack.tableName,
      now: Date.now,
    });
    const [user, other] = ["a", "b"].map((digit) => `U${digit.repeat(32)}`);
    if (user === undefined || other === undefined) throw new Error("no users");
    const group = `C${"a".repeat(32)}`;
    const message = { messageId: "1", text: "call me at noon", writtenAt: 1 };
    await quotes.keep(user, message);
    await quotes.keep(group, { ...message, author: user });
    await quotes.keep(group, { ...message, messageId: "2", text: "never", author: other });
    expect(await forgetting(user)).toMatchObject({ records: 2 });
    const left = await table();
    expect(left.filter((item) => item.includes("noon"))).toEqual([]);
    expect(await quotes.get(group, "2")).toBe("never");
  });

  test("more dead letters than SQS shows of one customer", async () => {
    const userId = `U${"7".repeat(32)}`;
    for (let i = 0; i < 13; i += 1) {
      await letterBox(market, "outbound").put({ groupId: `${one.key}#${userId}`, body: String(i) });
    }
    const kept = { records: 0, mediaObjects: 0, deadLetters: 13, unseenLetters: 0 };
    expect(await forgetting(userId)).toEqual(kept);
    expect(await lettersOf(userId)).toEqual([]);
  });

  test("what a member wrote in a group, as far as SQS shows it", async () => {
    const userId = `U${"9".repeat(32)}`;
    const groupId = `${one.key}#C${"9".repeat(32)}`;
    const box = letterBox(market, "inbound");
    // With letters of others SQS would show fewer than ten of the group.
    await box.empty();
    const source = { type: "group", userId };
    await box.put({ groupId, body: JSON.stringify({ event: { source } }) });
    for (let i = 0; i < 10; i += 1) await box.put({ groupId, body: String(i) });
    await box.put({ groupId, body: JSON.stringify({ event: { source, seen: false } }) });
    const terminal = recordingTerminal();
    const erased = await forgetting(userId, { terminal });
    // SQS shows ten of a group at a time, and the next ones when none of these is left.
    expect(erased).toEqual({ records: 0, mediaObjects: 0, deadLetters: 1, unseenLetters: 2 });
    expect(terminal.lines.at(-1)).toMatch(/2 dead letters could not be looked at, because/);
    const left = await box.empty();
    expect(left.filter((letter) => letter.groupId === groupId)).toHaveLength(11);
  });

  test("whoever interrupts finds the dead letters where they were", async () => {
    const userId = `U${"8".repeat(32)}`;
    await letterBox(market, "inbound").put({ groupId: `${one.key}#${userId}`, body: "1" });
    const stopping = AbortSignal.abort();
    const interrupted = forget(market.target, { user: userId }, recordingTerminal(), stopping);
    await expect(interrupted).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    expect(await lettersOf(userId)).toHaveLength(1);
  });

  test.each([
    "Somchai",
    "",
    `U${"A".repeat(32)}`,
    `U${"a".repeat(31)}`,
    `X${"a".repeat(32)}`,
    `U${"a".repeat(32)}\n`,
    `shop-1#U${"a".repeat(32)}`,
  ])("what is no id of LINE's is refused and not repeated: %j", async (user) => {
    const error: unknown = await forgetting(user).catch((reason: unknown) => reason);
    if (!(error instanceof Error)) throw new Error("was not refused");
    expect(error.name).toBe("UsageError");
    expect(error.message).toMatch(/^--user: must be a LINE user, group or room id/);
    if (user !== "") expect(error.message).not.toContain(user);
  });
}
