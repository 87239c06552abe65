import { randomUUID } from "node:crypto";
import { listLetters } from "../../../../lib/operator/dead-letters/letters.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import type { LocalMarket } from "../local-market.ts";
import { recordingTerminal } from "../recording-terminal.ts";
import { type LetterBox, letterBox, type ParkedLetter } from "./letter-box.ts";

const HOUR = 3_600_000;

export function lettersTests(running: () => LocalMarket): void {
  let market: LocalMarket;
  let boxes: Record<"inbound" | "outbound", LetterBox>;
  let one: BrandStack;
  let two: BrandStack;
  beforeAll(async () => {
    market = running();
    boxes = { inbound: letterBox(market, "inbound"), outbound: letterBox(market, "outbound") };
    [one, two] = await market.brandsInUse();
  });
  afterEach(async () => {
    await boxes.inbound.empty();
    await boxes.outbound.empty();
  });

  const newUser = () => `U${randomUUID().replaceAll("-", "")}`;
  const at = (hoursAgo: number) => new Date(Date.now() - hoursAgo * HOUR).toISOString();
  const letterOf = (brand: BrandStack, fields: Partial<ParkedLetter> = {}, user = newUser()) => ({
    groupId: `${brand.key}#${user}`,
    body: JSON.stringify({
      kind: "message",
      brand: brand.key,
      message: { id: "g1", type: "Text", channel: { to: { id: user } }, text: "secret words" },
    }),
    reason: "LineRefused",
    ...fields,
  });
  const list = (
    choice: Parameters<typeof listLetters>[1] = {},
    terminal = recordingTerminal(),
    clock: Parameters<typeof listLetters>[3] = market.clock,
  ) => listLetters(market.target, choice, terminal, clock);

  it("are listed by age, with what may be said of them", async () => {
    const user = newUser();
    const sentParts = '{"parts":2,"sent":["1"]}';
    await boxes.outbound.put(letterOf(one, { parkedAt: at(5), sentParts }, user));
    await boxes.inbound.put(
      letterOf(two, { parkedAt: at(72), body: "{ no JSON", reason: undefined }),
    );
    const terminal = recordingTerminal();
    const { letters, unseen } = await list({}, terminal);
    expect(letters).toMatchObject([
      { queue: "inbound", brand: two.key, reason: "none", kind: "unreadable" },
      {
        queue: "outbound",
        brand: one.key,
        reason: "LineRefused",
        kind: "text",
        correlationId: "g1",
      },
    ]);
    expect(unseen).toBe(0);
    const [first, second] = letters.map(({ id }) => id);
    expect(terminal.lines).toEqual([
      `${first}  inbound  ${two.key}  none  unreadable  3 days ago  no correlation id`,
      `${second}  outbound  ${one.key}  LineRefused  text  5 h ago  g1  part 1 of 2 sent`,
      "2 dead letters",
    ]);
    expect(terminal.screen()).not.toMatch(new RegExp(`secret|${user}`));
  });

  it("have the age that SQS knows where nothing says when they were parked", async () => {
    const before = Date.now();
    await boxes.inbound.put(letterOf(one));
    const [letter] = (await list()).letters;
    expect(Date.parse(letter?.parkedAt ?? "")).toBeGreaterThanOrEqual(before - 1_000);
    expect(Date.parse(letter?.parkedAt ?? "")).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  it("are chosen by queue, brand and reason", async () => {
    await boxes.inbound.put(letterOf(one));
    await boxes.inbound.put(letterOf(two, { reason: "KeepsFailing" }));
    await boxes.outbound.put(letterOf(one, { reason: "KeepsFailing" }));
    const kinds = async (choice: Parameters<typeof list>[0]) =>
      (await list(choice)).letters.map(({ queue, brand }) => `${queue} ${brand}`).sort();
    expect(await kinds({ reason: "KeepsFailing" })).toEqual([
      `inbound ${two.key}`,
      `outbound ${one.key}`,
    ]);
    expect(await kinds({ brand: one.key })).toEqual([`inbound ${one.key}`, `outbound ${one.key}`]);
    expect(await kinds({ queue: "outbound" })).toEqual([`outbound ${one.key}`]);
  });

  it("may be hundreds; those behind ten others of a customer are counted, and all stay where they are", async () => {
    for (let i = 0; i < 120; i += 1) await boxes.inbound.put(letterOf(one));
    const user = newUser();
    for (let i = 0; i < 13; i += 1) await boxes.inbound.put(letterOf(one, {}, user));
    const terminal = recordingTerminal();
    const { letters, unseen } = await list({}, terminal);
    // The last receive before the customer's letters may have room for some of them only.
    expect(letters.length).toBeGreaterThan(120);
    expect(unseen).toBeGreaterThanOrEqual(3);
    expect(new Set(letters.map(({ id }) => id)).size).toBe(133 - unseen);
    expect(terminal.lines.at(-1)).toContain(`About ${unseen} more could not be looked at: `);
    // Whoever redrives sees them at once.
    expect((await list()).letters.length).toBeGreaterThan(120);
    expect(await boxes.inbound.empty()).toHaveLength(133);
  });

  it("are held for a minute at most: what is not seen by then is counted", async () => {
    for (let i = 0; i < 25; i += 1) await boxes.inbound.put(letterOf(one));
    let seconds = 0;
    const now = () => {
      seconds += 20;
      return Date.now() + seconds * 1_000;
    };
    const { letters, unseen } = await list({ queue: "inbound" }, undefined, { now });
    expect(letters.length).toBeGreaterThan(0);
    expect(letters.length).toBeLessThan(25);
    expect(letters.length + unseen).toBe(25);
    expect((await list()).letters).toHaveLength(25);
  });

  it("are all given back when somebody interrupts", async () => {
    for (let i = 0; i < 3; i += 1) await boxes.inbound.put(letterOf(one));
    const stopping = AbortSignal.abort();
    await expect(list({}, undefined, { ...market.clock, stopping })).rejects.toThrow("abort");
    expect(await boxes.inbound.peek()).toHaveLength(3);
  });
}
