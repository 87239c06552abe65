import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Without the formats heif, jxl and resvg, which the function does not load. */
const WASM_VIPS_FILES = [
  "package.json",
  "LICENSE",
  "THIRD-PARTY-NOTICES.md",
  "lib/vips-node.mjs",
  "lib/vips.wasm",
];

/**
 * Completes the code of a function that converts images: the worker thread that converts them, from
 * `bundles`, and the files of wasm-vips that it needs: wasm-vips loads its WebAssembly from files beside
 * itself. WebAssembly is the same for every machine, so nothing is installed or built for Lambda's processor.
 */
export function addImageWorker(bundles: string, directory: string): void {
  for (const file of ["image-worker.mjs", "image-worker.mjs.map"]) {
    cpSync(join(bundles, "outbound/images", file), join(directory, file));
  }
  const wasmVips = dirname(dirname(createRequire(import.meta.url).resolve("wasm-vips/vips.wasm")));
  for (const file of WASM_VIPS_FILES) {
    cpSync(join(wasmVips, file), join(directory, "node_modules", "wasm-vips", file));
  }
}
