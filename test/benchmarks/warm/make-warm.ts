import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { bundleOptions } from "../../../lib/cloud/bundle.ts";
import { AS_USUAL } from "../start/prepare-starts.ts";

/** Makes the program that keeps bundles warm, and the Express app, in `directory`. */
export function makeWarm(directory: string): { program: string; expressApp: string } {
  for (const name of ["warm-process", "express-app"]) {
    const entry = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
    buildSync({ ...bundleOptions(entry, directory), ...AS_USUAL, sourcemap: false });
  }
  return {
    program: join(directory, "warm-process.mjs"),
    expressApp: join(directory, "express-app.mjs"),
  };
}
