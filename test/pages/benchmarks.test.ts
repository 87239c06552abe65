import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const read = (file: string) => readFileSync(fileURLToPath(new URL(file, import.meta.url)), "utf8");

const picture = read("../figures.svg");
const page = read("../README.md");

/** The texts of a class, as they stand in the picture. */
function textsOf(pattern: RegExp): string[] {
  return [...picture.matchAll(pattern)].map(([, text = ""]) => text);
}

const labels = textsOf(/<text x="[^>]*>([^<]*)</g);
const values = textsOf(/<text class="value"[^>]*>([^<]*)</g);

it("the page shows the picture", () => {
  expect(page).toContain("](figures.svg)");
  expect([labels.length, values.length]).toEqual([11, 11]);
});

it.each(labels.map((label, index) => [label, values[index]]))(
  "the page states what the picture shows: %s %s",
  (label, value) => {
    expect(page).toContain(`| ${label} | ${value} |`);
  },
);
