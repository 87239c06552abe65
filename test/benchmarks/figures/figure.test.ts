import { comparedInTurns, comparedTo, counted, measured } from "./figure.ts";

const ours = measured("cpu", "ours", "ms", [5, 1, 2, 4, 3]);
const theirs = measured("cpu", "theirs", "ms", [2, 2, 4, 4, 4]);

it("has the median of what was measured, and the quarters", () => {
  expect(ours).toEqual({ part: "cpu", name: "ours", unit: "ms", low: 2, median: 3, high: 4 });
});

it("is alone where it was counted", () => {
  expect(counted("bytes", "worker", "kB", 7)).toMatchObject({ low: 7, median: 7, high: 7 });
});

it("is compared by the medians", () => {
  expect(comparedTo(ours, theirs, 1).ratio).toEqual({ value: 0.75, to: "theirs", reach: 1 });
  expect(comparedTo(ours, theirs).ratio).toEqual({ value: 0.75, to: "theirs" });
});

it("is compared turn by turn where both were measured in turns", () => {
  // The machine did something else in the second and third turn.
  const [one, other] = [
    [1, 8, 9, 1, 1],
    [2, 16, 18, 2, 1],
  ];
  expect(comparedInTurns([ours, one], [theirs, other], 1).ratio).toEqual({
    value: 0.5,
    to: "theirs",
    reach: 1,
  });
});
