import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { within } from "../../shared/platform/within.ts";
import type { PreparedImage } from "./convert-image.ts";

/** What a thread starts with: the code of libvips. */
export interface Started {
  compiled: WebAssembly.Module;
}

export interface ImageTask {
  bytes: Uint8Array;
  /** What the bytes are. */
  mime: string;
}

export interface Converted {
  image: PreparedImage | undefined;
  /** Whether the memory of the thread's libvips has become larger than at its start. */
  hasGrown: boolean;
}

/** More than the largest take with a processor of their own. */
const CONVERSION_MS = 15_000;

/** TypeScript beside this source, JavaScript beside the bundle. */
const WORKER = new URL(`./image-worker${extname(import.meta.url)}`, import.meta.url);

let compiling: Promise<WebAssembly.Module> | undefined;
/** Has converted an image and waits for the next. */
let idle: Worker | undefined;

/**
 * Converts an image for LINE, see `convertImage`, in a thread with a libvips of its own. The thread converts the
 * next image, too: starting libvips takes longer than a small image. Only if its memory has grown it ends, since
 * WebAssembly never gives memory back, and after some large images there is none left, which would end the process.
 * https://github.com/kleisauke/wasm-vips/issues/97
 * Throws what is not the fault of the image.
 */
export async function prepareImage(
  bytes: Uint8Array,
  mime: string,
): Promise<PreparedImage | undefined> {
  const worker = takeIdle() ?? (await start());
  const { promise, resolve, reject } = Promise.withResolvers<Converted>();
  // A crash of WebAssembly can end the thread without a word.
  const onExit = () => reject(new Error("no image, and the thread has ended"));
  worker.once("message", resolve).once("error", reject).once("exit", onExit);
  let isUsable = false;
  try {
    const task: ImageTask = { bytes, mime };
    worker.postMessage(task);
    const { image, hasGrown } = await within(CONVERSION_MS, promise, new Error("no image in time"));
    isUsable = !hasGrown;
    return image;
  } finally {
    worker.off("message", resolve).off("error", reject).off("exit", onExit);
    if (isUsable && idle === undefined) keep(worker);
    else await worker.terminate();
  }
}

async function start(): Promise<Worker> {
  // The threads share the compiled code, which takes a quarter of the time of a small image.
  compiling ??= compile();
  const workerData: Started = { compiled: await compiling };
  return new Worker(WORKER, { workerData });
}

function takeIdle(): Worker | undefined {
  const worker = idle;
  forget();
  worker?.off("error", forget).off("exit", forget).ref();
  return worker;
}

function keep(worker: Worker): void {
  idle = worker;
  // It keeps no process from ending.
  worker.once("error", forget).once("exit", forget).unref();
}

function forget(): void {
  idle = undefined;
}

/** The library compiles by itself, too, but again in each thread. */
async function compile(): Promise<WebAssembly.Module> {
  const file = createRequire(import.meta.url).resolve("wasm-vips/vips.wasm");
  return WebAssembly.compile(await readFile(file));
}
