import { createHash } from "node:crypto";
import type { DesktopAttachment } from "./desktop.ts";
import { GENESYS_ATTACHMENT_LIMIT_BYTES } from "./downloads.ts";

const TIMEOUT_MILLISECONDS = 30_000;

/** What Genesys Cloud got for the URL of an inbound attachment. */
export interface FetchedAttachment {
  url: string;
  mediaType: string;
  /** 0 when there was no answer. */
  status: number;
  contentType: string | undefined;
  /** The length of the body, as far as it was read. */
  bytes: number;
  /** In hexadecimal. */
  sha256: string;
  /** Over 25 MB: Genesys Cloud drops the attachment. Reading stopped there. */
  isTooLarge: boolean;
}

/** Fetches an inbound attachment as Genesys Cloud does: from any address, without credentials. */
export async function fetchAttachment(
  { url = "", mediaType }: DesktopAttachment,
  closing: AbortSignal,
): Promise<FetchedAttachment> {
  const hash = createHash("sha256");
  const fetched = { url, mediaType, status: 0, contentType: undefined, bytes: 0 };
  const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MILLISECONDS), closing]);
  try {
    const response = await fetch(url, { signal });
    const contentType = response.headers.get("content-type") ?? undefined;
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      hash.update(chunk);
      bytes += chunk.length;
      if (bytes > GENESYS_ATTACHMENT_LIMIT_BYTES) break;
    }
    return {
      ...fetched,
      status: response.status,
      contentType,
      bytes,
      sha256: hash.digest("hex"),
      isTooLarge: bytes > GENESYS_ATTACHMENT_LIMIT_BYTES,
    };
  } catch {
    return { ...fetched, sha256: hash.digest("hex"), isTooLarge: false };
  }
}
