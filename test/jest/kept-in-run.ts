import { existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A text that an earlier suite of this run of the tests has kept under the name; see share-between-processes.ts. */
export function keptInRun(name: string): string | undefined {
  const path = pathOf(name);
  return path !== undefined && existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** Keeps a text for the suites that follow. */
export function keepInRun(name: string, text: string): void {
  const path = pathOf(name);
  if (path === undefined) return;
  // Another process may be doing the same: a file appears under its name when it is complete.
  const unfinished = join(mkdtempSync(`${path}-`), "file");
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
}

function pathOf(name: string): string | undefined {
  const { BUNDLES_OF_THIS_RUN: run } = process.env;
  return run && join(run, name);
}
