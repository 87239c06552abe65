import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "./options.ts";
import { readReport } from "./report.ts";

let file: string;
beforeAll(() => {
  file = join(mkdtempSync(join(tmpdir(), "bench-report-")), "report.json");
});
afterAll(() => rmSync(join(file, ".."), { recursive: true, force: true }));

const figure = { part: "cpu", name: "webhook", unit: "ms", median: 2, low: 1, high: 3 };
const report = {
  date: "2026-11-30T17:00:00.000Z",
  node: "v24.21.0",
  product: "0.1.0",
  cores: 2,
  figures: [{ ...figure, ratio: { value: 0.97, to: "Express", reach: 1 } }, figure],
};

function read(text: string) {
  writeFileSync(file, text);
  return () => readReport(file);
}

it("is read as it was written", () => {
  expect(read(JSON.stringify(report))()).toEqual(report);
});

it.each([
  [{ ...report, node: 24 }, "node: "],
  [{ ...report, figures: [figure, { ...figure, median: null }] }, "figures[1].median: "],
  [
    { ...report, figures: [{ ...figure, ratio: { value: "1", to: "x" } }] },
    "figures[0].ratio.value: ",
  ],
  [[], "the whole: "],
])("is refused by the field that is wrong: %#", (value, field) => {
  const reading = read(JSON.stringify(value));
  expect(reading).toThrow(UsageError);
  expect(reading).toThrow(`--compare ${file}: ${field}`);
});

it("is refused if it is no JSON, or not there", () => {
  expect(read("{")).toThrow(UsageError);
  expect(() => readReport(`${file}.not`)).toThrow(/ENOENT/);
});
