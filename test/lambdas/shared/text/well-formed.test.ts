import fc from "fast-check";
import { wellFormedJson } from "../../../../lambdas/shared/text/well-formed.ts";

describe("JSON for a platform", () => {
  it("holds no half of a surrogate pair and no NUL in any text, and else what it was made of", () => {
    const text = fc
      .array(fc.constantFrom("\ud83d", "\udc00", "\0", "😀", "ก", '"', "a"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(
        fc.array(fc.record({ text, inner: fc.array(text), number: fc.integer() })),
        (value) => {
          const json = wellFormedJson(value);
          expect(json).not.toMatch(/\\u(?:d[89a-f]|0000)/i);
          const told = (said: string) => said.toWellFormed().replaceAll("\0", "");
          expect(JSON.parse(json)).toEqual(
            value.map(({ text: said, inner, number }) => ({
              text: told(said),
              inner: inner.map(told),
              number,
            })),
          );
        },
      ),
    );
  });
});
