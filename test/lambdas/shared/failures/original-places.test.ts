import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { originalPlaces } from "../../../../lambdas/shared/failures/original-places.ts";

const SOURCE = `
export function refuse(what: string): never {
  const reason = what.trim();
  throw new TypeError(reason);
}
`;

let directory: string;
let line: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "places-"));
  writeFileSync(join(directory, "refuse.ts"), SOURCE);
  buildSync({
    entryPoints: [join(directory, "refuse.ts")],
    outfile: join(directory, "built", "index.mjs"),
    format: "esm",
    minify: true,
    sourcemap: true,
  });
  line = placeIn("built/index.mjs");
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** As V8 writes it, for the place where the error is made. */
function placeIn(file: string): string {
  const column = readFileSync(join(directory, "built/index.mjs"), "utf8").indexOf("new TypeError");
  return `    at async r (${pathToFileURL(join(directory, file)).href}:1:${column + 1})`;
}

it("names places in the sources, as they lie in the repository", () => {
  expect(originalPlaces([line])).toEqual(["    at async r (refuse.ts:4:9)"]);
});

it("leaves what it knows nothing of: files without a map, modules of Node", () => {
  const others = [
    placeIn("elsewhere.mjs"),
    "    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)",
    "    at async <anonymous>",
  ];
  expect(originalPlaces(others)).toEqual(others);
});

it("leaves places where the map cannot be read", () => {
  writeFileSync(join(directory, "built", "broken.mjs.map"), "{");
  const place = placeIn("built/broken.mjs");
  expect(originalPlaces([place])).toEqual([place]);
});
