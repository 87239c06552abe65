/** A thread that converts one image after the other: in the asset a file of its own, beside the bundle. */
import { parentPort, workerData } from "node:worker_threads";
import { convertImage } from "./convert-image.ts";
import type { Converted, ImageTask, Started } from "./prepare-image.ts";
import { startVips } from "./start-vips.ts";

const { compiled }: Started = workerData;
let memory: WebAssembly.Memory | undefined;
const vips = await startVips(compiled, (own) => {
  memory = own;
});
const atStart = memory?.buffer.byteLength;

parentPort?.on("message", ({ bytes, mime }: ImageTask) => {
  const image = convertImage(vips, bytes, mime);
  // Of memory that cannot be seen nobody knows.
  const hasGrown = memory === undefined || memory.buffer.byteLength !== atStart;
  const converted: Converted = { image, hasGrown };
  parentPort?.postMessage(converted);
});
