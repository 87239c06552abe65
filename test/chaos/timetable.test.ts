import { createChance } from "./chance.ts";
import { conversation } from "./conversation.ts";
import { timetable } from "./timetable.ts";
import { isInWindow, LULL_MS, TROUBLED, windowOf } from "./troubles.ts";

const COUNT = 400;
const BRANDS = ["retail-thai", ...TROUBLED];
const PAUSE_MS = 10;
const spoken = conversation(COUNT, BRANDS, createChance("timetable"), () => 0);
const { from } = windowOf(COUNT);

describe("the timetable of a chaos run", () => {
  it("says everything once, in the order of its times", () => {
    const all = timetable(spoken, PAUSE_MS);
    expect(all.map(({ one }) => one.index).toSorted((one, other) => one - other)).toEqual(
      spoken.map(({ index }) => index),
    );
    const times = all.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it("has a lull, and then the burst at once", () => {
    const atMs = new Map(timetable(spoken, PAUSE_MS).map(({ one, atMs }) => [one.index, atMs]));
    expect(atMs.get(from - 1)).toBe((from - 1) * PAUSE_MS);
    expect(atMs.get(from)).toBe(from * PAUSE_MS + LULL_MS);
    const burst = spoken.filter(
      ({ index, brandKey }) => brandKey === "burst" && isInWindow(index, COUNT),
    );
    expect(burst.length).toBeGreaterThan(20);
    for (const { index } of burst) expect(atMs.get(index)).toBe(from * PAUSE_MS + LULL_MS);
  });
});

it("lets only newcomers speak in the window", () => {
  const before = new Set(spoken.slice(0, from).map(({ customer }) => customer.userId));
  const inWindow = spoken.filter(({ index }) => isInWindow(index, COUNT));
  expect(inWindow.filter(({ customer }) => before.has(customer.userId))).toEqual([]);
  expect(new Set(inWindow.map(({ brandKey }) => brandKey))).toEqual(new Set(BRANDS));
});
