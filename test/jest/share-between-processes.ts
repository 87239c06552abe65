import { fileURLToPath } from "node:url";
import { bundleAll } from "../../lib/cloud/bundle.ts";

const COMPILED = fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url));

/**
 * What the processes of one run of the tests share, as most of them start the same programs: bundles
 * (see lib/cloud/bundled-code.ts), which end with the run, and Node's compile cache, which knows by
 * itself when a file has changed.
 */
export default function shareBetweenProcesses(): void {
  process.env.BUNDLES_OF_THIS_RUN = bundleAll();
  process.env.NODE_COMPILE_CACHE ??= COMPILED;
}
