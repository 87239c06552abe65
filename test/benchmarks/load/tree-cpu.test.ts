import { parseStat } from "./tree-cpu.ts";

it("reads the parent and all ticks, whatever the program is called", () => {
  const line =
    "4711 (node) a (b) S 42 4711 4711 0 -1 4194304 9000 800 1 0 250 50 30 7 20 0 11 0 999 123 456";
  expect(parseStat(line)).toEqual({ parent: 42, ticks: 337 });
});
