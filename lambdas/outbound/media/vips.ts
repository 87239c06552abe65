import type Vips from "wasm-vips";

/** The formats that are converted. All other loaders stay switched off: what is not needed cannot be attacked. */
const LOADERS = ["Jpeg", "Png", "Nsgif", "Webp", "Tiff"];

let started: Promise<typeof Vips> | undefined;

/**
 * libvips as WebAssembly, which runs on every processor: started at first use (200 ms, 40 MB) and
 * kept. Its calls block, and its objects hold memory until they are disposed of (`using`).
 */
export function vips(): Promise<typeof Vips> {
  started ??= start().catch((error: unknown) => {
    restartVips();
    throw error;
  });
  return started;
}

/** Starts afresh at the next use; after a fault of WebAssembly itself nothing else helps. */
export function restartVips(): void {
  started = undefined;
}

async function start(): Promise<typeof Vips> {
  const { default: load } = await import("wasm-vips");
  const instance = await load({
    dynamicLibraries: [],
    // It remarks on pictures in its own way to stderr, which is the log.
    preRun: ({ ENV }) => {
      ENV.VIPS_WARNING = "0";
    },
    printErr: () => undefined,
  });
  instance.concurrency(1);
  instance.Cache.max(0);
  instance.operationBlock("VipsForeignLoad", true);
  for (const loader of LOADERS) instance.operationBlock(`VipsForeignLoad${loader}`, false);
  return instance;
}
