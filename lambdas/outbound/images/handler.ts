import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { bodyFaults } from "../../shared/failures/body-faults.ts";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import { brandLog, type Log } from "../../shared/function/log.ts";
import type { MediaStore } from "../../shared/media/media-store.ts";
import { type ImageOrder, imageOrderSchema, sourceKey } from "../media/image-order.ts";
import { type Showing, storeShowing } from "../media/store-showing.ts";
import type { PreparedImage } from "./convert-image.ts";

export interface ImagesDependencies {
  store: Pick<MediaStore, "find" | "read" | "put" | "deleteAll">;
  /** Undefined for what LINE cannot show as an image. Throws what is not the fault of the image. */
  prepare(bytes: Uint8Array, mime: string): Promise<PreparedImage | undefined>;
  log: Log;
}

/**
 * Hosts an image that an agent has attached, as LINE takes it, or as a file where that cannot be: the sender waits
 * for what is under the order's key. Two of it at a time write the same. Throws for an order that cannot be read,
 * and RetryableFailure when S3 cannot be reached: the sender orders the image again.
 */
export function createHandler({ store, prepare, log }: ImagesDependencies) {
  return async (event: unknown): Promise<void> => {
    const order = readOrder(event);
    const { key, source } = order;
    const attached = await store.read(sourceKey(source));
    // Hosted by an earlier order, or erased.
    if (attached === undefined) return;
    const { mime, fileName: name, body } = attached;
    const showing = await shownAs(await buffer(body), mime, order);
    if (!(await isWanted(order))) return;
    await storeShowing(store, key, showing, { mime, name });
    await store.deleteAll(`${source}.`).catch((error: unknown) => {
      brandLog(log, order.brand).warn("Could not delete what an agent attached", {
        correlationId: order.messageId,
        ...errorFields(error),
      });
    });
  };

  async function shownAs(bytes: Buffer, mime: string, order: ImageOrder): Promise<Showing> {
    try {
      const image = await prepare(bytes, mime);
      if (image !== undefined) return asImage(image);
    } catch (error) {
      brandLog(log, order.brand).warn("Could not prepare an attachment, so it is shown as a file", {
        correlationId: order.messageId,
        ...errorFields(error),
      });
    }
    return { details: { kind: "file" }, mime, open: () => Readable.from([bytes]) };
  }

  /** Whether the sender still waits, and nobody has erased the customer's media meanwhile. */
  async function isWanted({ key, source }: ImageOrder): Promise<boolean> {
    const [hosted, attached] = await Promise.all([store.find(key), store.find(sourceKey(source))]);
    return hosted === undefined && attached !== undefined;
  }
}

function readOrder(event: unknown): ImageOrder {
  const order = imageOrderSchema.safeParse(event);
  if (order.success) return order.data;
  throw new Error(`The order of an image cannot be read: ${bodyFaults(order.error)}`);
}

function asImage({ original, preview }: PreparedImage): Showing {
  return {
    details: { kind: "image", preview: preview === undefined ? "itself" : "beside" },
    mime: original.mime,
    open: () => Readable.from([original.bytes]),
    ...(preview !== undefined && { preview }),
  };
}
