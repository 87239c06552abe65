import { within } from "../../../../lambdas/shared/platform/within.ts";

const late = new Error("late");

describe("within", () => {
  it("fails for work that takes longer", async () => {
    await expect(within(5, new Promise(() => undefined), late)).rejects.toBe(late);
  });

  it("hands on what the work comes to in time", async () => {
    expect(await within(5_000, Promise.resolve("done"), late)).toBe("done");
    const failure = new Error("failed");
    await expect(within(5_000, Promise.reject(failure), late)).rejects.toBe(failure);
  });
});
