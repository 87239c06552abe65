import { Readable } from "node:stream";
import { extensionOf, safeFileName } from "../../shared/media/file-name.ts";
import type { MediaObject, MediaStore } from "../../shared/media/media-store.ts";
import type { LineImage } from "../images/convert-image.ts";
import { previewKey, type StoredDetails } from "./stored-details.ts";

/** How a file is hosted, so that LINE can show it. */
export interface Showing {
  details: StoredDetails;
  mime: string;
  open: () => Readable;
  /** Hosted beside it. */
  preview?: LineImage;
}

/** Hosts a file under `key`, as it is shown. `file` is what it was before. Throws what the store throws. */
export async function storeShowing(
  store: Pick<MediaStore, "put">,
  key: string,
  { open, mime, details, preview }: Showing,
  file: { mime: string; name: string | undefined },
): Promise<MediaObject & { bytes: number }> {
  if (preview !== undefined) {
    await store.put(previewKey(key), Readable.from([preview.bytes]), { mime: preview.mime });
  }
  const name = mime === file.mime ? file.name : renamed(file.name, mime);
  const object = { mime, fileName: safeFileName(name, "file", mime), details };
  // Last, so that whatever is found here is complete.
  const bytes = await store.put(key, open(), object);
  return { ...object, bytes };
}

/** Of a file that has become another kind of file. */
function renamed(name: string | undefined, mime: string): string | undefined {
  return name?.replace(/\.[^.]*$/, "").concat(`.${extensionOf(mime)}`);
}
