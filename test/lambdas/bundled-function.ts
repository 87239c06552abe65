import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";
import type * as z from "zod";
import type { brandSettingsSchema } from "../../lambdas/shared/contract/brand-settings.ts";
import { SETTINGS_FILE } from "../../lambdas/shared/contract/settings-file.ts";
import { keepInRun, keptInRun } from "../jest/kept-in-run.ts";

/** The functions that read settings.json, by their folders below `lambdas/`. */
interface Entries {
  worker: typeof import("../../lambdas/worker/index.ts");
  "outbound/sender": typeof import("../../lambdas/outbound/sender/index.ts");
}

/** In here, because a bundle finds the packages that are not in it only from below the project. */
const FOLDER = fileURLToPath(new URL("../../node_modules/.cache/functions", import.meta.url));

/** CommonJS, which Jest loads as it is and once for all functions of a test. */
const NOT_BUNDLED = ["@aws-sdk/*", "@aws-lambda-powertools/*", "@line/bot-sdk", "wasm-vips", "zod"];

/**
 * A function as it is deployed: a bundle with settings.json beside it. It reads `process.env` and the
 * settings now, as at a cold start; `settings` are by the brands' keys and as by default where they say
 * nothing.
 */
export async function bundledFunction<Folder extends keyof Entries>(
  folder: Folder,
  settings: Record<string, Partial<z.input<typeof brandSettingsSchema>>>,
): Promise<Entries[Folder]> {
  await mkdir(FOLDER, { recursive: true });
  const directory = await mkdtemp(join(FOLDER, "function-"));
  try {
    const outfile = join(directory, "index.cjs");
    await writeFile(outfile, await bundleOf(folder));
    const complete = Object.entries(settings).map(([brand, own]) => [
      brand,
      { customAttributes: {}, ...own },
    ]);
    await writeFile(join(directory, SETTINGS_FILE), JSON.stringify(Object.fromEntries(complete)));
    return await import(outfile);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Made once in a run of the tests. Jest loads CommonJS, so it is that and has an `import.meta.url` of its own; Jest
 * transforms no `.cjs`.
 */
async function bundleOf(folder: keyof Entries): Promise<string> {
  const name = `${folder.replaceAll("/", "-")}.cjs`;
  const kept = keptInRun(name);
  if (kept !== undefined) return kept;
  try {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(`../../lambdas/${folder}/index.ts`, import.meta.url))],
      write: false,
      bundle: true,
      external: NOT_BUNDLED,
      platform: "node",
      format: "cjs",
      target: "node24",
      define: { "import.meta.url": "bundleUrl" },
      banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
      logLevel: "warning",
    });
    const [bundle] = outputFiles;
    if (bundle === undefined) throw new Error("esbuild has written nothing");
    keepInRun(name, bundle.text);
    return bundle.text;
  } finally {
    // The process of esbuild would outlive the test.
    await stop();
  }
}
