import type { Figure } from "./figure.ts";
import { tableOf, told } from "./table.ts";

const stock: Figure = {
  part: "bytes",
  name: "stock",
  unit: "kB",
  median: 317.45,
  low: 317.45,
  high: 317.45,
};
const webhook: Figure = {
  part: "cpu",
  name: "webhook",
  unit: "ms",
  median: 1.234,
  low: 1.1,
  high: 1.5,
  ratio: { value: 1.055, to: "Express", reach: 1 },
};

it("shows medians, units, quarters and ratios", () => {
  expect(tableOf([stock, webhook]).split("\n")).toEqual([
    "part   figure   median  unit  quarters    ratio",
    "bytes  stock       317  kB",
    "cpu    webhook    1.23  ms    1.1 to 1.5  1.05 x Express, reach 1.0 x: MISSED",
    "",
  ]);
});

it("does not say that what was reached was missed", () => {
  const reached = { ...webhook, ratio: { value: 1, to: "Express", reach: 1 } };
  expect(tableOf([reached])).toContain("1.00 x Express, reach 1.0 x\n");
});

it("shows the old figure, the change and the old ratio", () => {
  const old: Figure[] = [
    stock,
    { ...webhook, median: 2.468, ratio: { value: 1.36, to: "Express" } },
    { ...webhook, part: "batch" },
  ];
  const added = { ...stock, name: "added" };
  const lines = tableOf([stock, webhook, added], old).split("\n");
  expect(lines[0]).toMatch(/ratio +old +change +old ratio$/);
  expect(lines[1]).toMatch(/ 317 +0 %$/);
  expect(lines[2]).toMatch(/ 2\.47 +-50\.0 % +1\.36 x$/);
  expect(lines[3]).toMatch(/ new$/);
});

it.each([
  [12_345.6, "12346"],
  [317.45, "317"],
  [12.345, "12.3"],
  [0.010_93, "0.0109"],
  [0.000_033_3, "0.0000333"],
  [20, "20"],
])("tells %d as %s", (value, text) => {
  expect(told(value)).toBe(text);
});
