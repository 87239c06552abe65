import { readFileSync } from "node:fs";
import * as z from "zod";
import { type BrandSettings, brandSettingsSchema } from "../contract/brand-settings.ts";
import { SETTINGS_FILE } from "../contract/settings-file.ts";
import { bodyFaults } from "../failures/body-faults.ts";

const settingsSchema = z.record(z.string(), brandSettingsSchema);

/**
 * The settings of the market's brands by their keys, from `settings.json` beside the function's bundle
 * (`bundleUrl` is its `import.meta.url`): Lambda has no room for them in 4 KB of environment variables.
 * Throws, so that the function stops at start; the message names the fault and the fix, never a value.
 */
export function readSettings(bundleUrl: string): ReadonlyMap<string, BrandSettings> {
  const settings = settingsSchema.safeParse(read(bundleUrl));
  if (settings.success) return new Map(Object.entries(settings.data));
  throw unusable(bodyFaults(settings.error));
}

function read(bundleUrl: string): unknown {
  try {
    return JSON.parse(readFileSync(new URL(SETTINGS_FILE, bundleUrl), "utf8"));
  } catch (error) {
    // The error itself goes no further: JSON.parse quotes its input.
    throw unusable(error instanceof SyntaxError ? "it is not valid JSON" : "it cannot be read");
  }
}

function unusable(fault: string): Error {
  return new Error(`${SETTINGS_FILE} is not usable; deploy the stack again: ${fault}`);
}
