import { readBenchOptions, UsageError } from "./options.ts";

const PARTS = ["start", "bytes", "cpu"];
const read = (...argv: string[]) => readBenchOptions(argv, PARTS);

it("measures all parts and writes no file, if nothing else is asked for", () => {
  expect(read()).toEqual({
    parts: PARTS,
    json: undefined,
    svg: undefined,
    compare: undefined,
    help: false,
  });
});

it("measures the parts that are named, in the order of the table", () => {
  expect(read("--part", "cpu", "--part", "start").parts).toEqual(["start", "cpu"]);
});

it("takes the files", () => {
  const files = { json: "new.json", svg: "picture.svg", compare: "old.json" };
  expect(read("--json", "new.json", "--svg", "picture.svg", "--compare", "old.json")).toMatchObject(
    files,
  );
});

it("names the parts that there are, if one is unknown", () => {
  expect(() => read("--part", "cpus")).toThrow(
    new UsageError("--part cpus: there is no such part; choose of start, bytes, cpu"),
  );
});

it.each([[["--parts", "cpu"]], [["cpu"]], [["--json"]]])("refuses %j", (argv) => {
  expect(() => read(...argv)).toThrow(UsageError);
});
