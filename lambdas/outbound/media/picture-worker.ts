/** The thread in which one picture is converted: in the asset a file of its own, beside the bundle. */
import { parentPort, workerData } from "node:worker_threads";
import { convertPicture } from "./picture.ts";
import type { PictureTask } from "./prepare-picture.ts";
import { startVips } from "./start-vips.ts";

const { bytes, mime }: PictureTask = workerData;

parentPort?.postMessage(convertPicture(await startVips(), bytes, mime));
