/** The thread in which one image is converted: in the asset a file of its own, beside the bundle. */
import { parentPort, workerData } from "node:worker_threads";
import { convertImage } from "./convert-image.ts";
import type { ImageTask } from "./prepare-image.ts";
import { startVips } from "./start-vips.ts";

const { bytes, mime, compiled }: ImageTask = workerData;

parentPort?.postMessage(convertImage(await startVips(compiled), bytes, mime));
