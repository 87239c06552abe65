/**
 * Copies what a function needs of wasm-vips into its asset, so that its bundle finds the package:
 * `node copy-wasm-vips.ts <directory of the asset>`. Plain WebAssembly: the same files serve any
 * machine, so nothing is installed or built for Lambda's processor.
 */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Without the formats heif, jxl and resvg, which the function does not load. */
const FILES = [
  "package.json",
  "LICENSE",
  "THIRD-PARTY-NOTICES.md",
  "lib/vips-node.mjs",
  "lib/vips.wasm",
];

const [assetDirectory] = process.argv.slice(2);
if (assetDirectory === undefined) throw new Error("the directory of the asset is missing");

const source = fileURLToPath(new URL("../", import.meta.resolve("wasm-vips/vips.wasm")));
for (const file of FILES) {
  cpSync(join(source, file), join(assetDirectory, "node_modules", "wasm-vips", file));
}
