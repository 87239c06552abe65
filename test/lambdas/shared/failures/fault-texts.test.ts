import * as z from "zod/mini";
import { bodyFaults } from "../../../../lambdas/shared/failures/body-faults.ts";

it("says what is wrong with a field in the words of zod", () => {
  const schema = z.object({
    count: z.number().check(z.gte(1)),
    id: z.string().check(z.minLength(1)),
    missing: z.string(),
    own: z.string().check(z.regex(/a/, { error: "must have an a" })),
  });
  const { error } = schema.safeParse({ count: 0, id: "", own: "b" });
  expect(error && bodyFaults(error)).toBe(
    [
      "count: Too small: expected number to be >=1",
      "id: Too small: expected string to have >=1 characters",
      "missing: Invalid input: expected string, received undefined",
      "own: must have an a",
    ].join("; "),
  );
});
