import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Brand } from "../../shared/brand/brand.ts";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import { RetryableFailure } from "../../shared/failures/failures.ts";
import type { Log } from "../../shared/function/log.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import { extensionOf, safeFileName } from "../../shared/media/file-name.ts";
import type { MediaStore } from "../../shared/media/media-store.ts";
import type { Download } from "../../shared/media/public-download.ts";
import type { Attempt } from "../../shared/queue/attempt.ts";
import type { GenesysAttachment } from "../translate/genesys/genesys-attachment.ts";
import type { LineAttachment } from "../translate/line/line-attachment.ts";
import {
  type DownloadedFile,
  type Downloading,
  downloadAttachment,
} from "./download-attachment.ts";
import { asFile, type Showing, shownAs } from "./shown-as.ts";
import { hostedAttachment, previewKey } from "./stored-details.ts";

/** What of a brand hosting an attachment takes. */
export type HostingBrand = Pick<Brand, "media" | "hosts" | "log">;

/** Of the temporary folders. */
const FOLDER = "line-genesys-attachment-";
/** Longer than any invocation. */
const LEFTOVER_MS = 5 * 60_000;

/**
 * Hosts an attachment of a Genesys message, the `index`th of its content, for LINE's phones: at every
 * try under the same URLs, and only once, because Genesys' link may have expired by the next try.
 * Throws PermanentFailure if there is nothing to host, RetryableFailure for an outage, and HeldBack while
 * Genesys Cloud hands out no attachments.
 */
export type StoreAttachment = (
  brand: HostingBrand,
  message: OutboundMessage,
  index: number,
  attachment: GenesysAttachment,
  attempt: Pick<Attempt, "record">,
) => Promise<LineAttachment>;

export function createStoreAttachment(deps: {
  download: Download;
  /** Of Genesys Cloud in the market's region; its redirects may lead elsewhere. */
  startOrigins: ReadonlySet<string>;
  log: Pick<Log, "warn">;
}): StoreAttachment {
  const leftovers = removeLeftovers().catch((error: unknown) => {
    deps.log.warn("Could not remove what an earlier run has left", errorFields(error));
  });

  return async ({ media, hosts, log }, message, index, attachment, attempt) => {
    const { store, prefix } = media;
    const customer = message.channel.to.id;
    const key = `${await prefix({ customer, messageId: message.id })}${index}`;
    const earlier = await store.find(key);
    if (earlier !== undefined) return hostedAttachment(key, earlier, store);

    await leftovers;
    const folder = await mkdtemp(join(tmpdir(), FOLDER));
    try {
      const path = join(folder, "file");
      const { download, startOrigins } = deps;
      const guard: Downloading["guard"] = (call) => hosts.guard("genesys-downloads", attempt, call);
      const file = await downloadAttachment({ guard, download, startOrigins }, attachment, path);
      const showing = await shownAs(file).catch((error: unknown) => {
        if (error instanceof RetryableFailure) throw error;
        log.warn("Could not prepare an attachment, so it is shown as a file", {
          correlationId: message.id,
          ...errorFields(error),
        });
        return asFile(file);
      });
      return await host(store, key, file, showing, attachment.filename ?? undefined);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

async function host(
  store: MediaStore,
  key: string,
  file: DownloadedFile,
  { open, mime, details, preview }: Showing,
  name: string | undefined,
): Promise<LineAttachment> {
  if (preview !== undefined) {
    await store.put(previewKey(key), Readable.from([preview.bytes]), { mime: preview.mime });
  }
  const object = {
    mime,
    fileName: safeFileName(mime === file.mime ? name : renamed(name, mime), "file", mime),
    details,
  };
  // Last, so that whatever is found here is complete.
  const bytes = await store.put(key, open(), object);
  return hostedAttachment(key, { ...object, bytes }, store);
}

/** Of a file that has become another kind of file. */
function renamed(name: string | undefined, mime: string): string | undefined {
  return name?.replace(/\.[^.]*$/, "").concat(`.${extensionOf(mime)}`);
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
