import { createFairLine } from "../../../../lib/local/functions/fair-line.ts";

test("callers are served in turn, each one's items in their order", () => {
  const line = createFairLine<string>();
  for (const item of ["a1", "a2", "a3", "b1", "c1", "b2"]) line.add(item.charAt(0), item);
  expect(line.size()).toBe(6);
  expect([1, 2, 3].map(() => line.next())).toEqual(["a1", "b1", "c1"]);
  expect(line.size()).toBe(3);
  line.add("c", "c2");
  expect([1, 2, 3, 4].map(() => line.next())).toEqual(["a2", "b2", "c2", "a3"]);
  expect(line.next()).toBeUndefined();
});
