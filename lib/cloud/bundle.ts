import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

export const PROJECT_ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Makes one module of `entry` (below `lambdas/`) and all that it imports, but for the packages in
 * `external`. The AWS SDK comes along: the release that the tests ran with, not the one that the runtime
 * happens to have. Throws where esbuild finds a fault.
 */
export function bundle(entry: string, outfile: string, external: string[] = []): void {
  buildSync({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: [join(PROJECT_ROOT, "lambdas", entry)],
    outfile,
    external,
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
}
