import { readFileSync } from "node:fs";
import * as z from "zod";
import { type BrandSettings, brandSettingsSchema } from "../contract/brand-settings.ts";
import { SETTINGS_FILE } from "../contract/settings-file.ts";
import { bodyFaults } from "../failures/body-faults.ts";

const settingsSchema = z.record(z.string(), brandSettingsSchema);

/**
 * The settings of the market's brands by their keys, from `settings.json` beside the function's bundle
 * (`bundleUrl` is its `import.meta.url`): Lambda has no room for them in 4 KB of environment variables.
 * Throws, so that the function stops at start.
 */
export function readSettings(bundleUrl: string): ReadonlyMap<string, BrandSettings> {
  const text = readFileSync(new URL(SETTINGS_FILE, bundleUrl), "utf8");
  const settings = settingsSchema.safeParse(JSON.parse(text));
  if (settings.success) return new Map(Object.entries(settings.data));
  throw new Error(
    `${SETTINGS_FILE} is not usable; deploy the stack again: ${bodyFaults(settings.error)}`,
  );
}
