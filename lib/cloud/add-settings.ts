/**
 * Completes the asset of a function that reads the brands' settings: `node add-settings.ts <file with the
 * settings> <directory of the asset>`.
 */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { SETTINGS_FILE } from "../../lambdas/shared/contract/settings-file.ts";

const [settingsFile, assetDirectory] = process.argv.slice(2);
if (settingsFile === undefined || assetDirectory === undefined) {
  throw new Error("the file with the settings or the directory of the asset is missing");
}
copyFileSync(settingsFile, join(assetDirectory, SETTINGS_FILE));
