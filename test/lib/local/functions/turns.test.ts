import { createTurns } from "../../../../lib/local/functions/turns.ts";

test("callers are served in turn, each one's items in their order", () => {
  const turns = createTurns<string>();
  for (const item of ["a1", "a2", "a3", "b1", "c1", "b2"]) turns.add(item.charAt(0), item);
  expect([1, 2, 3].map(() => turns.next())).toEqual(["a1", "b1", "c1"]);
  turns.add("c", "c2");
  expect([1, 2, 3, 4].map(() => turns.next())).toEqual(["a2", "b2", "c2", "a3"]);
  expect(turns.next()).toBeUndefined();
});
