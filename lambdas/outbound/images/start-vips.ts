import load from "wasm-vips";

/** The formats that are converted. All other loaders stay switched off: what is not needed cannot be attacked. */
const LOADERS = ["Jpeg", "Png", "Nsgif", "Webp", "Tiff"];

/**
 * libvips as WebAssembly, which runs on every processor. Takes 200 ms and 40 MB, much less time with its code
 * `compiled` before. Its calls block, and its objects hold memory until they are disposed of (`using`).
 */
export async function startVips(compiled?: WebAssembly.Module): Promise<typeof load> {
  const vips = await load({
    dynamicLibraries: [],
    ...(compiled !== undefined && {
      instantiateWasm(imports, started) {
        const instance = new WebAssembly.Instance(compiled, imports);
        started(instance, compiled);
        return instance.exports;
      },
    }),
    // It remarks on images in its own way to stderr, which is the log.
    preRun: ({ ENV }) => {
      ENV.VIPS_WARNING = "0";
    },
    printErr: () => undefined,
  });
  vips.concurrency(1);
  vips.Cache.max(0);
  vips.operationBlock("VipsForeignLoad", true);
  for (const loader of LOADERS) vips.operationBlock(`VipsForeignLoad${loader}`, false);
  return vips;
}
