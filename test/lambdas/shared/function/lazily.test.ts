import { lazily } from "../../../../lambdas/shared/function/lazily.ts";

it("makes a function at its first call, and once", async () => {
  let made = 0;
  const add = lazily(async () => {
    made += 1;
    return async (one: number, other: number) => one + other;
  });
  expect(made).toBe(0);
  expect(await Promise.all([add(1, 2), add(3, 4)])).toEqual([3, 7]);
  expect(await add(5, 6)).toBe(11);
  expect(made).toBe(1);
});
