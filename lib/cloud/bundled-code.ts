import { cpSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { type AssetCode, Code } from "aws-cdk-lib/aws-lambda";
import type { BrandSettings } from "../../lambdas/shared/contract/brand-settings.ts";
import { SETTINGS_FILE } from "../../lambdas/shared/contract/settings-file.ts";
import { addImageWorker } from "./add-image-worker.ts";
import { bundleAll, PROJECT_ROOT } from "./bundle.ts";

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
          cpSync(join(bundles(), dirname(entry)), directory, { recursive: true });
          if (convertsImages) addImageWorker(bundles(), directory);
          if (settings !== undefined) {
            writeFileSync(join(directory, SETTINGS_FILE), JSON.stringify(settings));
          }
          return true;
        },
      },
    },
  });
}

let made: string | undefined;

/**
 * The directory of all functions' bundles, which are made when the first is asked for. A run of the tests
 * synthesizes in many processes: it makes them once, and names their directory in BUNDLES_OF_THIS_RUN.
 */
function bundles(): string {
  made ??= process.env.BUNDLES_OF_THIS_RUN ?? bundlesOfThisProcess();
  return made;
}

function bundlesOfThisProcess(): string {
  const directory = bundleAll();
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
