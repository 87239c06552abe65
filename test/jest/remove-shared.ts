import { rmSync } from "node:fs";

/** Removes what ends with a run of the tests. */
export default function removeShared(): void {
  const { BUNDLES_OF_THIS_RUN: bundles } = process.env;
  if (bundles !== undefined) rmSync(bundles, { recursive: true, force: true });
}
