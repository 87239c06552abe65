import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { MUTANTS, mutated } from "./mutant-list.ts";

const sourceOf = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), "utf8");

// A run of all mutants takes minutes, so it would say late that the source has moved on.
describe.each(MUTANTS)("the mutant: $name", (mutant) => {
  it("finds what it replaces, once, and is a program still", () => {
    const source = mutated(sourceOf(mutant.file), mutant);
    expect(() => transformSync(source, { loader: "ts", logLevel: "silent" })).not.toThrow();
  });
});

it("says where the source has moved on", () => {
  const [mutant] = MUTANTS;
  if (mutant === undefined) throw new Error("no mutants");
  expect(() => mutated("", mutant)).toThrow(`${mutant.file} does not hold this once`);
});
