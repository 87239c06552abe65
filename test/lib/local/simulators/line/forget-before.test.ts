import { forgetBefore } from "../../../../../lib/local/simulators/line/forget-before.ts";

it("deletes what is older, and only that", () => {
  const entries = new Map([
    ["a", { at: 1 }],
    ["b", { at: 2 }],
    ["c", { at: 3 }],
  ]);
  forgetBefore(entries, 3);
  expect([...entries.keys()]).toEqual(["c"]);
  forgetBefore(entries, 4);
  expect(entries.size).toBe(0);
});
