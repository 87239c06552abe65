import load from "wasm-vips";

/** The formats that are converted. All other loaders stay switched off: what is not needed cannot be attacked. */
const LOADERS = ["Jpeg", "Png", "Nsgif", "Webp", "Tiff"];

/**
 * libvips as WebAssembly, which runs on every processor. Takes 200 ms and 40 MB, much less time with its code
 * `compiled` before; `onMemory` then hears what holds its memory. Its calls block, and its objects hold memory until
 * they are disposed of (`using`). The first image takes half a second more, in which libvips starts its threads.
 */
export async function startVips(
  compiled?: WebAssembly.Module,
  onMemory: (memory: WebAssembly.Memory) => void = () => undefined,
): Promise<typeof load> {
  const vips = await load({
    dynamicLibraries: [],
    ...(compiled !== undefined && {
      instantiateWasm(imports, started) {
        const instance = new WebAssembly.Instance(compiled, imports);
        const given = Object.values(imports).flatMap((each) => Object.values(each));
        const memory = given.find((each) => each instanceof WebAssembly.Memory);
        if (memory !== undefined) onMemory(memory);
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
