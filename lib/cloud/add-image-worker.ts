/**
 * Completes the asset of a function that converts images: `node add-image-worker.ts <asset directory>`.
 * Adds the worker thread that converts them, and the files of wasm-vips that it needs: wasm-vips loads
 * its WebAssembly from files beside itself. WebAssembly is the same for every machine, so nothing is
 * installed or built for Lambda's processor.
 */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** Without the formats heif, jxl and resvg, which the function does not load. */
const WASM_VIPS_FILES = [
  "package.json",
  "LICENSE",
  "THIRD-PARTY-NOTICES.md",
  "lib/vips-node.mjs",
  "lib/vips.wasm",
];

const [assetDirectory] = process.argv.slice(2);
if (assetDirectory === undefined) throw new Error("the asset directory is missing");

buildSync({
  entryPoints: [
    fileURLToPath(new URL("../../lambdas/outbound/media/image-worker.ts", import.meta.url)),
  ],
  outfile: join(assetDirectory, "image-worker.mjs"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node24",
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  external: ["wasm-vips"],
  logLevel: "warning",
});

const wasmVips = fileURLToPath(new URL("../", import.meta.resolve("wasm-vips/vips.wasm")));
for (const file of WASM_VIPS_FILES) {
  cpSync(join(wasmVips, file), join(assetDirectory, "node_modules", "wasm-vips", file));
}
