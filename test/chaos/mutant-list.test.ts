import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { MUTANTS } from "./mutant-list.ts";

const sourceOf = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), "utf8");

// A run of all mutants takes minutes, so it would say late that the source has moved on.
describe.each(MUTANTS)("the mutant: $name", ({ file, replace, by }) => {
  it("finds the text that it replaces, once", () => {
    expect(sourceOf(file).split(replace)).toHaveLength(2);
  });

  it("is a program still", () => {
    const mutated = sourceOf(file).replace(replace, by);
    expect(() => transformSync(mutated, { loader: "ts", logLevel: "silent" })).not.toThrow();
  });
});
