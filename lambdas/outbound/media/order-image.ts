import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import { MediaPending } from "../../shared/failures/failures.ts";
import type { Log } from "../../shared/function/log.ts";
import { safeFileName } from "../../shared/media/file-name.ts";
import type { MediaStore } from "../../shared/media/media-store.ts";
import type { DownloadedFile } from "./download-attachment.ts";
import { type ImageOrder, sourceKey } from "./image-order.ts";

/** Longer than the largest image takes at a cold start: whoever had the order has ended. */
const LOST_MS = 25_000;
const MAX_ORDERS = 3;
/** Pauses until the sender looks again: a small image takes less than a second, a photo about two. */
const PAUSE_SECONDS = { first: 1, longest: 8 };

/** Beyond Genesys' own limit of 25 MB; an image is held in memory whole. */
const MAX_IMAGE_BYTES = 30_000_000;

/** Invokes the function that converts images. Throws when Lambda cannot be reached or refuses. */
export type InvokeImages = (order: ImageOrder) => Promise<void>;

interface OrderBrand {
  media: { store: Pick<MediaStore, "put" | "find"> };
  log: Pick<Log, "warn" | "error">;
}

export interface ImageOrders {
  /**
   * Hands an attachment that is an image over: puts it under the order's source, then invokes the function. Always
   * throws: MediaPending, or what the store throws.
   */
  place(
    order: ImageOrder,
    file: DownloadedFile,
    name: string | undefined,
    brand: OrderBrand,
  ): Promise<never>;
  /**
   * Looks after an image that is not hosted yet. Throws MediaPending while it is being prepared, and orders it again
   * where the order seems lost. Resolves to whether it was ever handed over: then no order has come to anything.
   */
  lookAfter(order: ImageOrder, brand: OrderBrand): Promise<boolean>;
}

/** Whether LINE may be able to show a file as an image. */
export function isImage({ mime, bytes }: Pick<DownloadedFile, "mime" | "bytes">): boolean {
  return mime.startsWith("image/") && bytes <= MAX_IMAGE_BYTES;
}

/** `now` in ms. What is under way is written down in the bucket, beside the image, where every sender finds it. */
export function createImageOrders(deps: { invoke: InvokeImages; now(): number }): ImageOrders {
  const { now } = deps;
  const noteOf = () => ({ at: String(now()) });

  async function invoke(order: ImageOrder, { log }: OrderBrand): Promise<never> {
    await deps.invoke(order).catch((error: unknown) => {
      // It is ordered again, and in the end shown as a file: nobody has to try the message again for it.
      log.error("Could not invoke the function that converts images", {
        correlationId: order.messageId,
        ...errorFields(error),
      });
    });
    throw pending(0);
  }

  return {
    async place(order, { path, mime }, name, brand) {
      const object = { mime, fileName: safeFileName(name, "file", mime), details: noteOf() };
      await brand.media.store.put(sourceKey(order.source), createReadStream(path), object);
      return invoke(order, brand);
    },
    async lookAfter(order, brand) {
      const { store } = brand.media;
      let last = await store.find(sourceKey(order.source));
      let orders = 0;
      while (last !== undefined) {
        orders += 1;
        const waitedMs = now() - Number(last.details?.at);
        if (waitedMs < LOST_MS) throw pending(waitedMs);
        if (orders === MAX_ORDERS) return true;
        last = await store.find(sourceKey(order.source, orders + 1));
      }
      if (orders === 0) return false;
      brand.log.warn("An image was not prepared in time, so it is ordered again", {
        correlationId: order.messageId,
        orders,
      });
      const note = { mime: "text/plain", details: noteOf() };
      await store.put(
        sourceKey(order.source, orders + 1),
        Readable.from([Buffer.from("again")]),
        note,
      );
      return invoke(order, brand);
    },
  };
}

function pending(waitedMs: number): MediaPending {
  const { first, longest } = PAUSE_SECONDS;
  const seconds = Math.min(longest, Math.max(first, Math.ceil(waitedMs / 2_000)));
  return new MediaPending("An image of the message is being prepared.", seconds);
}
