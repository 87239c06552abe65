import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { within } from "../../shared/platform/within.ts";
import type { PreparedImage } from "./convert-image.ts";

export interface ImageTask {
  bytes: Uint8Array;
  /** What the bytes are. */
  mime: string;
  /** The code of libvips. */
  compiled: WebAssembly.Module;
}

/** More than the largest take with a processor of their own. */
const CONVERSION_MS = 15_000;

/** TypeScript beside this source, JavaScript beside the bundle. */
const WORKER = new URL(`./image-worker${extname(import.meta.url)}`, import.meta.url);

let compiling: Promise<WebAssembly.Module> | undefined;

/**
 * Converts an image for LINE, see `convertImage`. Each has a thread with a libvips of its own: WebAssembly never
 * gets all of the freed memory back, so after some large images there is none left, and that would end the
 * process. https://github.com/kleisauke/wasm-vips/issues/97
 * The threads share the compiled code, which takes a quarter of the time of a small image.
 * Throws what is not the fault of the image.
 */
export async function prepareImage(
  bytes: Uint8Array,
  mime: string,
): Promise<PreparedImage | undefined> {
  compiling ??= compile();
  const task: ImageTask = { bytes, mime, compiled: await compiling };
  const worker = new Worker(WORKER, { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<PreparedImage | undefined>();
  worker.on("message", resolve);
  worker.on("error", reject);
  // A crash of WebAssembly can end the thread without a word.
  worker.on("exit", () => reject(new Error("no image, and the thread has ended")));
  try {
    return await within(CONVERSION_MS, promise, new Error("no image in time"));
  } finally {
    await worker.terminate();
  }
}

/** The library compiles by itself, too, but again in each thread. */
async function compile(): Promise<WebAssembly.Module> {
  const file = createRequire(import.meta.url).resolve("wasm-vips/vips.wasm");
  return WebAssembly.compile(await readFile(file));
}
