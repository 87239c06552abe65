import { setImmediate } from "node:timers/promises";
import { writeTogether } from "../../../../lambdas/shared/function/write-together.ts";

it("holds what is written back until the end of the turn, also behind what is awaited", async () => {
  const before = process.stdout.writableCorked;
  writeTogether();
  expect(process.stdout.writableCorked).toBe(before + 1);
  await Promise.resolve();
  expect(process.stdout.writableCorked).toBe(before + 1);
  await setImmediate();
  expect(process.stdout.writableCorked).toBe(before);
});
