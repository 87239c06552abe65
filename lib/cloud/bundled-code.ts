import { cpSync, existsSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { type AssetCode, Code } from "aws-cdk-lib/aws-lambda";
import type { BrandSettings } from "../../lambdas/shared/contract/brand-settings.ts";
import { SETTINGS_FILE } from "../../lambdas/shared/contract/settings-file.ts";
import { addImageWorker } from "./add-image-worker.ts";
import { bundle, PROJECT_ROOT } from "./bundle.ts";

export interface BundledCodeProps {
  market: string;
  convertsImages: boolean;
  /** The brands' settings, written beside the bundle; undefined for a function that reads none. */
  settings: Record<string, BrandSettings> | undefined;
}

/**
 * The code of a function, made when the stack is synthesized: a bundle of `entry` (below `lambdas/`) and
 * what it reads from files beside itself. CDK's own NodejsFunction starts esbuild by npx, which takes
 * several times as long as esbuild itself.
 */
export function bundledCode(entry: string, props: BundledCodeProps): AssetCode {
  const { market, convertsImages, settings } = props;
  return Code.fromAsset(PROJECT_ROOT, {
    // The code's own hash: a function is deployed again only when its code has changed.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK asks for an image, and uses it only where `local` gives up.
      image: DockerImage.fromRegistry("unused"),
      // CDK takes assets with the same command for the same asset; settings are those of one market.
      command: [entry, ...(settings === undefined ? [] : [market])],
      local: {
        tryBundle(directory) {
          bundleOnce(entry, directory, () => {
            bundle(entry, join(directory, "index.mjs"));
            if (convertsImages) addImageWorker(directory);
          });
          if (settings !== undefined) {
            writeFileSync(join(directory, SETTINGS_FILE), JSON.stringify(settings));
          }
          return true;
        },
      },
    },
  });
}

/**
 * A run of the tests synthesizes many stacks of the same code in many processes. It names a directory in
 * BUNDLES_OF_THIS_RUN: what is bundled is kept there, and what is there is not bundled again.
 */
function bundleOnce(entry: string, directory: string, make: () => void): void {
  const { BUNDLES_OF_THIS_RUN: run } = process.env;
  const kept = run && join(run, entry.replaceAll("/", "-"));
  if (kept && existsSync(kept)) {
    cpSync(kept, directory, { recursive: true });
  } else {
    make();
    if (kept) keep(directory, kept);
  }
}

/** A copy appears under its name when it is complete, since other processes may be doing the same. */
function keep(directory: string, name: string): void {
  const copy = mkdtempSync(`${name}-`);
  cpSync(directory, copy, { recursive: true });
  try {
    renameSync(copy, name);
  } catch (error) {
    if (!existsSync(name)) throw error;
  }
}
