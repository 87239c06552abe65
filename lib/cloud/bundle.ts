import { globSync, mkdirSync, mkdtempSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, buildSync } from "esbuild";

export const PROJECT_ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What is deployed: each function, and the thread in which one of them converts images. */
const ENTRIES = [
  "**/start.ts",
  "{hourly-check,outbound/images}/index.ts",
  "outbound/images/image-worker.ts",
];

/** In the project, so that the paths in the source maps, which are relative, are the same everywhere. */
const DIRECTORY = join(PROJECT_ROOT, "node_modules", ".cache");

/**
 * How a function is bundled: all that it imports comes along, the AWS SDK too: the release that the tests ran
 * with, not the one that the runtime happens to have. What it imports only when it needs it is in files of its own.
 */
export function bundleOptions(entry: string, outdir: string): BuildOptions {
  const name = basename(entry, ".ts");
  return {
    absWorkingDir: PROJECT_ROOT,
    entryPoints: [{ in: entry, out: name === "start" ? "index" : name }],
    outdir,
    outExtension: { ".js": ".mjs" },
    chunkNames: "[name]-[hash]",
    // wasm-vips loads its WebAssembly from files beside itself. Only in a browser the SDK would load bowser, for
    // which esbuild makes a file all the same.
    external: ["wasm-vips", "bowser"],
    // The file says why. esbuild stops at a name that the SDK imports and the file does not export.
    alias: {
      "@aws-sdk/credential-provider-node": "./lambdas/shared/function/environment-credentials.ts",
    },
    bundle: true,
    splitting: true,
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
    // For the stacks that are logged, see original-places.ts. They need only the mapping; the sources stay in the repository.
    sourcesContent: false,
    // A synth without faults prints nothing.
    logLevel: "warning",
  };
}

/**
 * Bundles each function in a new directory, where it has its place as below `lambdas/`. Each by itself: made
 * together, they would share files that each of them had to load one by one at its start. Throws where esbuild
 * finds a fault.
 */
export function bundleAll(): string {
  const lambdas = join(PROJECT_ROOT, "lambdas");
  mkdirSync(DIRECTORY, { recursive: true });
  const outdir = mkdtempSync(join(DIRECTORY, "bundles-"));
  for (const entry of globSync(ENTRIES, { cwd: lambdas })) {
    buildSync(bundleOptions(join(lambdas, entry), join(outdir, dirname(entry))));
  }
  return outdir;
}
