import { fileURLToPath } from "node:url";
import { type BuildOptions, buildSync } from "esbuild";
import { bundleOptions } from "../lib/cloud/bundle.ts";

/** What is in files of a bundle. */
export interface Contents {
  bytes: number;
  /** Bytes by package, the largest first; `bridge` is our own. */
  packages: [name: string, bytes: number][];
  /** Paths of the modules, in the project. */
  modules: string[];
}

/** What a module becomes when it is bundled as a function is; `entry` is a path in the project. */
export function bundleContents(
  entry: string,
  others: BuildOptions = {},
): { atStart: Contents; all: Contents } {
  const path = fileURLToPath(new URL(`../${entry}`, import.meta.url));
  const { metafile } = buildSync({
    ...bundleOptions(path, "bundles"),
    ...others,
    sourcemap: false,
    write: false,
    metafile: true,
  });
  const { outputs = {} } = metafile ?? {};
  const [first] = Object.keys(outputs).filter((file) => outputs[file]?.entryPoint === entry);
  const atStart = new Set<string>();
  const load = (file: string) => {
    if (atStart.has(file)) return;
    atStart.add(file);
    for (const { kind, path: imported } of outputs[file]?.imports ?? []) {
      if (kind === "import-statement" && imported in outputs) load(imported);
    }
  };
  load(first ?? "");
  const contents = (files: Iterable<string>): Contents => {
    const chosen = [...files].flatMap((file) => outputs[file] ?? []);
    const packages = new Map<string, number>();
    for (const { inputs } of chosen) {
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        const [, name = "bridge"] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
        packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
      }
    }
    return {
      bytes: chosen.reduce((sum, { bytes }) => sum + bytes, 0),
      packages: [...packages].sort(([, one], [, other]) => other - one),
      modules: chosen.flatMap(({ inputs }) => Object.keys(inputs)),
    };
  };
  return { atStart: contents(atStart), all: contents(Object.keys(outputs)) };
}
