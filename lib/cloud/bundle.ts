import { globSync, mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

export const PROJECT_ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What is deployed: each function, and the thread in which one of them converts images. */
const ENTRIES = ["**/index.ts", "outbound/media/image-worker.ts"];

/** In the project, so that the paths in the source maps, which are relative, are the same everywhere. */
const DIRECTORY = join(PROJECT_ROOT, "node_modules", ".cache");

/**
 * Makes one module of each function, and of all that it imports, in a new directory, where it has its place
 * as below `lambdas/`. All in one go: esbuild then reads what they share only once. The AWS SDK comes
 * along: the release that the tests ran with, not the one that the runtime happens to have. Throws where
 * esbuild finds a fault.
 */
export function bundleAll(): string {
  const lambdas = join(PROJECT_ROOT, "lambdas");
  mkdirSync(DIRECTORY, { recursive: true });
  const outdir = mkdtempSync(join(DIRECTORY, "bundles-"));
  buildSync({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: globSync(ENTRIES, { cwd: lambdas }).map((entry) => join(lambdas, entry)),
    outdir,
    outbase: lambdas,
    outExtension: { ".js": ".mjs" },
    // It loads its WebAssembly from files beside itself.
    external: ["wasm-vips"],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    // Some packages are still CommonJS and ask for Node's own modules at run time.
    banner: {
      js: `import { createRequire } from "node:module";const require = createRequire(import.meta.url);`,
    },
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: true,
    // A stack trace needs only the mapping; the sources stay in the repository.
    sourcesContent: false,
    // A synth without faults prints nothing.
    logLevel: "warning",
  });
  return outdir;
}
