import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Brand } from "../../shared/brand/brand.ts";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import type { Log } from "../../shared/function/log.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import type { Download } from "../../shared/media/public-download.ts";
import type { Attempt } from "../../shared/queue/attempt.ts";
import { mayHaveBeenTried } from "../sender/unknown-outcome.ts";
import type { GenesysAttachment } from "../translate/genesys/genesys-attachment.ts";
import type { LineAttachment } from "../translate/line/line-attachment.ts";
import { type Downloading, downloadAttachment } from "./download-attachment.ts";
import { type ImageOrder, sourceKey } from "./image-order.ts";
import { createImageOrders, type InvokeImages, isImage } from "./order-image.ts";
import { shownAs } from "./shown-as.ts";
import { storeShowing } from "./store-showing.ts";
import { hostedAttachment } from "./stored-details.ts";

/** What of a brand hosting an attachment takes. */
export type HostingBrand = Pick<Brand, "key" | "media" | "hosts" | "log">;

/** Of the temporary folders. */
const FOLDER = "line-genesys-attachment-";
/** Longer than any invocation. */
const LEFTOVER_MS = 5 * 60_000;

/**
 * Hosts an attachment of a Genesys message, the `index`th of its content, for LINE's phones: at every
 * try under the same URLs, and only once, because Genesys' link may have expired by the next try.
 * Throws MediaPending while another function converts an image, PermanentFailure if there is nothing to host,
 * RetryableFailure for an outage, and HeldBack while Genesys Cloud hands out no attachments.
 */
export type StoreAttachment = (
  brand: HostingBrand,
  message: OutboundMessage,
  index: number,
  attachment: GenesysAttachment,
  attempt: Pick<Attempt, "record" | "receives">,
) => Promise<LineAttachment>;

export function createStoreAttachment(deps: {
  download: Download;
  /** Of Genesys Cloud in the market's region; its redirects may lead elsewhere. */
  startOrigins: ReadonlySet<string>;
  invokeImages: InvokeImages;
  log: Pick<Log, "warn">;
  /** In ms. */
  now(): number;
}): StoreAttachment {
  const images = createImageOrders({ invoke: deps.invokeImages, now: deps.now });
  const leftovers = removeLeftovers().catch((error: unknown) => {
    deps.log.warn("Could not remove what an earlier run has left", errorFields(error));
  });

  return async (brand, message, index, attachment, attempt) => {
    const { store } = brand.media;
    const order = await orderOf(brand, message, index);
    const { key } = order;
    const earlier = await store.find(key);
    if (earlier !== undefined) return hostedAttachment(key, earlier, store);
    if (mayHaveBeenTried(attempt)) {
      const isLost = await images.lookAfter(order, brand);
      if (isLost) return hostAsFile(order, brand);
    }

    await leftovers;
    const folder = await mkdtemp(join(tmpdir(), FOLDER));
    try {
      const path = join(folder, "file");
      const { download, startOrigins } = deps;
      const guard: Downloading["guard"] = (call) =>
        brand.hosts.guard("genesys-downloads", attempt, call);
      const file = await downloadAttachment({ guard, download, startOrigins }, attachment, path);
      const name = attachment.filename ?? undefined;
      if (isImage(file)) return await images.place(order, file, name, brand);
      const { mime } = file;
      const object = await storeShowing(store, key, await shownAs(file), { mime, name });
      return hostedAttachment(key, object, store);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** What the agent attached lies under a prefix of its own, which nobody can guess from the image's link. */
async function orderOf(
  { key, media }: HostingBrand,
  { id: messageId, channel }: OutboundMessage,
  index: number,
): Promise<ImageOrder> {
  const customer = channel.to.id;
  return {
    brand: key,
    messageId,
    key: `${await media.prefix({ customer, messageId })}${index}`,
    source: `${await media.prefix({ customer, messageId: `source of ${messageId}` })}${index}`,
  };
}

/** Hosts what the agent attached as it is: no order of an image has come to anything. */
async function hostAsFile(
  { key, source, messageId }: ImageOrder,
  { media: { store }, log }: HostingBrand,
): Promise<LineAttachment> {
  log.warn("Could not prepare an attachment, so it is shown as a file", {
    correlationId: messageId,
  });
  const attached = await store.read(sourceKey(source));
  if (attached === undefined) throw new Error("What an agent attached has been deleted meanwhile.");
  const { mime, fileName: name, body } = attached;
  const showing = { details: { kind: "file" as const }, mime, open: () => body };
  return hostedAttachment(key, await storeShowing(store, key, showing, { mime, name }), store);
}

/** A function that was stopped by its time limit leaves files behind, which would fill its disk. */
async function removeLeftovers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(FOLDER));
  for (const name of names) {
    const path = join(tmpdir(), name);
    // On a developer's machine another process may be at work there.
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (age > LEFTOVER_MS) await rm(path, { recursive: true, force: true });
  }
}
