import { type Ask, giveTurns, type Turns } from "../../../../lambdas/worker/genesys/turns.ts";

const START = 1_795_392_000_000;
/** Of 300 requests a minute, of which 98.5 % are used. */
const RATE = { used: 295.5, burst: 30, lateMs: 700 };
const EVEN_MS = 60_000 / 295.5;
/** In the minute after 27 at once, the oldest of which was 6 s late. */
const SLOW_MS = 60_000 / (295.5 - 6_000 / EVEN_MS);
const UNUSED: Turns = { nextAt: 0, slow: {}, brands: {} };

const ask = (kind: Ask["kind"], brand = "a", places = 1): Ask => ({ kind, brand, places });
const asks = (count: number, kind: Ask["kind"], brand = "a") =>
  Array.from({ length: count }, () => ask(kind, brand));

const startOf = (turn: object) =>
  "startsAt" in turn ? Number(turn.startsAt) : Number.POSITIVE_INFINITY;

interface Message {
  brand: string;
  at: number;
  receives: number;
  sentAt: number;
}

/** Messages ask when they are there, and what is put off asks again after whole seconds, as with SQS. */
function simulate(messages: { brand: string; at: number }[], seconds: number) {
  let turns = UNUSED;
  let waiting: Message[] = messages.map(({ brand, at }) => ({
    brand,
    at: START + at,
    receives: 1,
    sentAt: START + at,
  }));
  const served: { brand: string; at: number; waited: number }[] = [];
  let putOffs = 0;
  for (let now = START; now < START + seconds * 1_000; now += 50) {
    // At most 40 at the same time, as 4 batches of 10.
    const here = waiting
      .filter(({ at }) => at <= now)
      .sort((one, other) => other.receives - one.receives)
      .slice(0, 40);
    const given = giveTurns(
      turns,
      here.map(({ brand, receives }) => ask(receives > 1 ? "returning" : "new", brand)),
      RATE,
      now,
    );
    turns = given.after;
    for (const [index, message] of here.entries()) {
      const turn = given.turns[index];
      if (turn !== undefined && "startsAt" in turn) {
        waiting = waiting.filter((other) => other !== message);
        const at = Math.max(turn.startsAt, now);
        served.push({ brand: message.brand, at: at - START, waited: at - message.sentAt });
      } else {
        putOffs += 1;
        message.receives += 1;
        const seconds = Math.max(1, Math.floor(((turn?.asksAgainAt ?? now) - now) / 1_000));
        // Until it is received.
        message.at = now + seconds * 1_000 + 300;
      }
    }
  }
  return { served, putOffs };
}

const every = (ms: number, count: number, brand: string, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ brand, at: from + index * ms }));

describe("turns of one brand", () => {
  it("are a tenth of a minute's at once after a quiet time, then even ones, none more than a second ahead", () => {
    const { turns } = giveTurns(UNUSED, asks(60, "new"), RATE, START);
    const starts = turns.map(startOf).filter(Number.isFinite);
    expect(starts.filter((at) => at < START + 1)).toHaveLength(27);
    expect(starts).toHaveLength(31);
    expect(Math.max(...starts)).toBeLessThanOrEqual(START + 1_000);
  });

  it("are where there is none a place in a line that holds one turn for each", () => {
    const { turns } = giveTurns(UNUSED, asks(60, "new"), RATE, START);
    const places = turns.flatMap((turn) => ("asksAgainAt" in turn ? Number(turn.asksAgainAt) : []));
    expect(places).toHaveLength(29);
    expect(places[0]).toBeGreaterThan(START + 1_000);
    // Of the slow minute after a burst.
    expect((places[28] ?? 0) - (places[0] ?? 0)).toBeCloseTo(28 * SLOW_MS, 0);
  });

  it("keep as many places as messages come back together", () => {
    const { after } = giveTurns(UNUSED, asks(40, "new"), RATE, START);
    const { turns } = giveTurns(after, [ask("new", "a", 5), ask("new")], RATE, START);
    const [first, second] = turns.map((turn) => ("asksAgainAt" in turn ? turn.asksAgainAt : 0));
    expect((second ?? 0) - (first ?? 0)).toBeCloseTo(5 * SLOW_MS, 0);
  });

  it("go to those who come back before those who are new, until one has lain free for a second", () => {
    const { after } = giveTurns(UNUSED, asks(60, "new"), RATE, START);
    const now = START + 1_200;
    expect(giveTurns(after, [ask("new")], RATE, now).turns).toEqual([
      { asksAgainAt: expect.any(Number) },
    ]);
    expect(giveTurns(after, [ask("returning")], RATE, now).turns).toEqual([
      { startsAt: expect.any(Number) },
    ]);
    expect(giveTurns(after, [ask("new")], RATE, START + 2_200).turns).toEqual([
      { startsAt: expect.any(Number) },
    ]);
  });

  it("go to a receipt only where no message waits for them, and it gets no place", () => {
    const busy = giveTurns(UNUSED, asks(31, "new"), RATE, START).after;
    expect(giveTurns(busy, [ask("receipt")], RATE, START).turns).toEqual([
      { asksAgainAt: undefined },
    ]);
    expect(giveTurns(UNUSED, [ask("receipt")], RATE, START).turns).toEqual([
      { startsAt: expect.any(Number) },
    ]);
    const line = giveTurns(UNUSED, asks(60, "new"), RATE, START).after;
    expect(giveTurns(line, [ask("receipt")], RATE, START + 1_500).turns).toEqual([
      { asksAgainAt: undefined },
    ]);
  });

  it("use the whole limit for a burst, and put off each message about once", () => {
    const burst = Array.from({ length: 600 }, () => ({ brand: "a", at: 0 }));
    const { served, putOffs } = simulate(burst, 180);
    expect(served).toHaveLength(600);
    const last = Math.max(...served.map(({ at }) => at));
    // 27 at once, and the others at 266 a minute, after a minute at 295.5.
    expect(last).toBeLessThan(125_000);
    expect(putOffs).toBeLessThan(600);
  });

  it("let nobody who comes later wait less than those in line, or anybody starve", () => {
    const burst = Array.from({ length: 300 }, () => ({ brand: "a", at: 0 }));
    const { served } = simulate([...burst, ...every(500, 160, "a", 5_000)], 240);
    expect(served).toHaveLength(460);
    expect(Math.max(...served.map(({ waited }) => waited))).toBeLessThan(110_000);
  });
});

describe("turns of brands that share a client", () => {
  it("come within two seconds to one that asks for less than its share, whatever the other does", () => {
    const burst = Array.from({ length: 600 }, () => ({ brand: "a", at: 0 }));
    const { served } = simulate([...burst, ...every(1_000, 100, "b", 2_000)], 240);
    const waits = served.filter(({ brand }) => brand === "b").map(({ waited }) => waited);
    expect(waits).toHaveLength(100);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2_000);
  });

  it("are all there are for the one that asks for more than its share", () => {
    const burst = Array.from({ length: 400 }, () => ({ brand: "a", at: 0 }));
    const { served, putOffs } = simulate([...burst, ...every(1_000, 60, "b", 2_000)], 150);
    expect(served).toHaveLength(460);
    // The line moves slower than was thought, by what the other uses.
    expect(putOffs).toBeLessThan(5 * 400);
    expect(Math.max(...served.map(({ at }) => at))).toBeLessThan(105_000);
  });

  it("are about half each where both want all", () => {
    const both = ["a", "b"].flatMap((brand) => every(100, 600, brand, 0));
    const { served } = simulate(both, 90);
    const later = served.filter(({ at }) => at > 30_000 && at < 90_000);
    const share = later.filter(({ brand }) => brand === "b").length / later.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
    expect(later.length).toBeGreaterThan(275);
  });

  it("forget a brand that has stopped asking", () => {
    const { after } = giveTurns(UNUSED, [ask("new", "a"), ask("new", "b")], RATE, START);
    const later = giveTurns(after, [ask("new", "a")], RATE, START + 20_000).after;
    expect(Object.keys(later.brands)).toEqual(["a"]);
  });
});

it("come again after some seconds to those who find none when they come back, and not behind the line", () => {
  const { after } = giveTurns(UNUSED, asks(200, "new"), RATE, START);
  const { turns } = giveTurns(after, asks(9, "returning"), RATE, START + 100);
  const last = turns.at(-1);
  const again = last && "asksAgainAt" in last ? Number(last.asksAgainAt) - START : 0;
  expect(again).toBeGreaterThan(5_000);
  expect(again).toBeLessThan(8_000);
});

test("while the client is closed all line up behind its opening", () => {
  const { turns } = giveTurns(UNUSED, asks(3, "new"), RATE, START, START + 20_000);
  const [first, second, third] = turns.map((turn) =>
    "asksAgainAt" in turn ? Number(turn.asksAgainAt) - START : 0,
  );
  expect(first).toBe(20_000);
  expect(second).toBeCloseTo(20_000 + EVEN_MS, 0);
  expect(third).toBeCloseTo(20_000 + 2 * EVEN_MS, 0);
});
