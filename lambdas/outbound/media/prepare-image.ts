import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { RetryableFailure } from "../../shared/failures/failures.ts";
import { within } from "../../shared/platform/within.ts";
import type { PreparedImage } from "./convert-image.ts";

export interface ImageTask {
  bytes: Uint8Array;
  /** What the bytes are. */
  mime: string;
}

/** More than the largest take with a processor of their own. */
const CONVERSION_MS = 15_000;
/** An attempt has no more time to spare for others. */
const WAIT_MS = 10_000;

/** TypeScript beside this source, JavaScript beside the bundle. */
const WORKER = new URL(`./image-worker${extname(import.meta.url)}`, import.meta.url);

let turn: Promise<void> = Promise.resolve();

/**
 * Converts an image for LINE, see `convertImage`; one at a time and read only when its turn comes,
 * for the sake of memory. Each has a thread with a libvips of its own: WebAssembly never gets all of
 * the freed memory back, so after some large images there is none left, and that would end the
 * process. https://github.com/kleisauke/wasm-vips/issues/97
 * Throws RetryableFailure when others take too long, and what is not the fault of the image.
 */
export async function prepareImage(
  read: () => Promise<Uint8Array>,
  mime: string,
): Promise<PreparedImage | undefined> {
  const before = turn;
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  turn = before.then(() => done);
  try {
    await within(WAIT_MS, before, new RetryableFailure("Other images are being converted.", 1));
    return await inThread({ bytes: await read(), mime });
  } finally {
    finish();
  }
}

async function inThread(task: ImageTask): Promise<PreparedImage | undefined> {
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
