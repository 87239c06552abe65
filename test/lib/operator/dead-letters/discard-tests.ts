import { randomUUID } from "node:crypto";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import {
  type DiscardOptions,
  discard,
  isAllDiscarded,
} from "../../../../lib/operator/dead-letters/discard.ts";
import { listDiscarded, listLetters } from "../../../../lib/operator/dead-letters/letters.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import { localTarget } from "../../../../lib/operator/market/target.ts";
import { readStatus } from "../../../../lib/operator/status/status.ts";
import { type LocalMarket, withoutWaiting } from "../local-market.ts";
import { type RecordingTerminal, recordingTerminal } from "../recording-terminal.ts";
import { type LetterBox, letterBox, type ParkedLetter } from "./letter-box.ts";

const because = "a test message";

export function discardTests(running: () => LocalMarket): void {
  let market: LocalMarket;
  let boxes: Record<"inbound" | "outbound", LetterBox>;
  let one: BrandStack;
  beforeAll(async () => {
    market = running();
    boxes = { inbound: letterBox(market, "inbound"), outbound: letterBox(market, "outbound") };
    [one] = await market.brandsInUse();
  });
  afterEach(async () => {
    await boxes.inbound.empty();
    await boxes.outbound.empty();
  });

  const newUser = () => `U${randomUUID().replaceAll("-", "")}`;
  const letterOf = (body: string, fields: Partial<ParkedLetter> = {}): ParkedLetter => ({
    groupId: `${one.key}#${newUser()}`,
    body,
    reason: "AttachmentEmpty",
    ...fields,
  });
  const discarding = (
    options: Partial<DiscardOptions>,
    terminal: RecordingTerminal = recordingTerminal(),
    target = market.target,
  ) => discard(target, { because, ...options }, terminal, market.clock);
  const idsOf = async (choice = {}) => {
    const found = await listLetters(market.target, choice, recordingTerminal(), market.clock);
    return found.letters.map(({ id }) => id);
  };
  const bodies = async (box: LetterBox) => (await box.peek()).map(({ body }) => body).sort();

  it("takes the named letters alone, and keeps for 400 days what they were, who did it and why", async () => {
    await boxes.outbound.put(letterOf("1", { sentParts: '{"parts":2,"sent":["1"]}' }));
    const [id = ""] = await idsOf();
    await boxes.outbound.put(letterOf("2"));
    await boxes.inbound.put(letterOf("3"));
    const terminal = recordingTerminal();
    const before = Date.now();
    const result = await discarding({ ids: [id] }, terminal);
    expect(await bodies(boxes.outbound)).toEqual(["2"]);
    expect(await bodies(boxes.inbound)).toEqual(["3"]);
    const record = {
      id,
      queue: "outbound",
      brand: one.key,
      reason: "AttachmentEmpty",
      kind: "unreadable",
      parkedAt: expect.any(String),
      sent: { parts: ["1"], of: 2 },
      at: expect.any(String),
      by: "local",
      because,
    };
    expect(result.discarded).toEqual([record]);
    expect(isAllDiscarded(result, { ids: [id] })).toBe(true);
    const { Item } = await market.target.aws.dynamodb.send(
      new GetCommand({ TableName: market.stack.tableName, Key: { pk: `discarded#${id}` } }),
    );
    expect(Item).toEqual({ ...record, pk: `discarded#${id}`, expiresAt: expect.any(Number) });
    const days = (Number(Item?.expiresAt) * 1_000 - before) / 86_400_000;
    expect(days).toBeCloseTo(400, 2);
    expect(terminal.confirmed).toEqual(["Discard 1?"]);
    expect(terminal.lines[0]).toContain(`${id}  outbound  ${one.key}  AttachmentEmpty`);
    const line = terminal.lines.find((each) => each.startsWith("{"));
    expect(JSON.parse(line ?? "")).toEqual({ message: "Discarded a dead letter", ...record });

    const screen = recordingTerminal();
    const kept = await listDiscarded(market.target, { reason: "AttachmentEmpty" }, screen);
    expect(kept).toContainEqual(record);
    expect(screen.screen()).toContain(`local: ${because}`);
    const ofInbound = await listDiscarded(market.target, { queue: "inbound" }, recordingTerminal());
    expect(ofInbound.map(({ id }) => id)).not.toContain(id);
  });

  it("takes the letters of a reason, of all customers, and those behind them", async () => {
    const groupId = `${one.key}#${newUser()}`;
    for (let i = 0; i < 23; i += 1) await boxes.inbound.put(letterOf(String(i), { groupId }));
    await boxes.outbound.put(letterOf("of another customer"));
    await boxes.outbound.put(letterOf("for another reason", { reason: "LineRefused" }));
    const terminal = recordingTerminal();
    const result = await discarding({ reason: "AttachmentEmpty" }, terminal);
    expect(result.discarded).toHaveLength(24);
    expect(isAllDiscarded(result, {})).toBe(true);
    expect(terminal.confirmed).toEqual(["Discard 11?", "Discard 10?", "Discard 3?"]);
    expect(await bodies(boxes.inbound)).toEqual([]);
    expect(await bodies(boxes.outbound)).toEqual(["for another reason"]);
    const status = await readStatus(market.target, Date.now);
    expect(status.queues.inbound.deadLetters).toBe(0);
  });

  it("leaves what was parked after it had asked", async () => {
    await boxes.outbound.put(letterOf("asked for"));
    const terminal = recordingTerminal();
    const result = await discarding(
      { reason: "AttachmentEmpty" },
      {
        ...terminal,
        async confirm() {
          await boxes.outbound.put(letterOf("new"));
          return true;
        },
      },
    );
    expect(result.discarded).toHaveLength(1);
    expect(await bodies(boxes.outbound)).toEqual(["new"]);
  });

  it("says what it could not find or see", async () => {
    const groupId = `${one.key}#${newUser()}`;
    for (let i = 0; i < 10; i += 1) {
      await boxes.inbound.put(letterOf(String(i), { groupId, reason: "LineRefused" }));
    }
    await boxes.inbound.put(letterOf("behind", { groupId }));
    const terminal = recordingTerminal();
    const named = await discarding({ ids: ["nobody's"] }, terminal);
    expect(named).toEqual({ discarded: [], missing: ["nobody's"], unseen: 1 });
    expect(isAllDiscarded(named, { ids: ["nobody's"] })).toBe(false);
    expect(terminal.lines).toEqual([
      "Nothing was discarded.",
      "nobody's: there is no such letter, or it could not be looked at.",
      expect.stringMatching(/^About 1 more could not be looked at/),
    ]);
    const byReason = await discarding({ reason: "AttachmentEmpty" });
    expect(isAllDiscarded(byReason, {})).toBe(false);
    expect(await boxes.inbound.empty()).toHaveLength(11);
  });

  it("leaves everything without a yes", async () => {
    await boxes.inbound.put(letterOf("1"));
    const terminal = recordingTerminal({ says: false });
    const refused = discarding({ reason: "AttachmentEmpty" }, terminal);
    await expect(refused).rejects.toThrow("These were not discarded.");
    expect(await bodies(boxes.inbound)).toEqual(["1"]);
  });

  it("leaves a letter of which no record can be kept", async () => {
    await boxes.inbound.put(letterOf("1"));
    const target = withoutWaiting(localTarget(market.run.runFile));
    target.aws.dynamodb.middlewareStack.add(
      () => async () => {
        throw new Error("DynamoDB is down");
      },
      { step: "initialize" },
    );
    const failed = discarding({ reason: "AttachmentEmpty" }, recordingTerminal(), target);
    await expect(failed).rejects.toThrow("DynamoDB is down");
    for (const client of Object.values(target.aws)) client.destroy();
    expect(await bodies(boxes.inbound)).toEqual(["1"]);
  });

  it.each<[string, Partial<DiscardOptions>, RegExp]>([
    ["no letters", {}, /^--id or --reason is missing/],
    ["no why", { reason: "Unreadable", because: undefined }, /^--because: must say/],
    ["an empty why", { reason: "Unreadable", because: "  " }, /^--because: must say/],
    ["a long why", { reason: "Unreadable", because: "x".repeat(201) }, /^--because: must say in 1/],
    [
      "a customer",
      { reason: "Unreadable", because: "U0123456789abcdef0123456789abcdef asked" },
      /^--because: must not name a customer, and holds a LINE id$/,
    ],
  ])("is refused with %s", async (_, options, message) => {
    await expect(discarding(options)).rejects.toMatchObject({
      name: "UsageError",
      message: expect.stringMatching(message),
    });
  });
}
