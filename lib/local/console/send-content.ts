import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { create as contentDisposition } from "content-disposition";
import { mediaSize, type SentMedia } from "../simulators/line/contents.ts";
import { byteRange } from "./byte-range.ts";
import { MEDIA_TYPE } from "./media-type.ts";

/** What a browser shows without running anything that stands in it. */
const SHOWN = /^(?:image\/(?!svg)|video\/|audio\/)/;

/**
 * Answers with what a customer or an agent has sent, or the part of it that the header `Range` asks for; 416 where it
 * has no such part. What a test generates for each request is sent as a whole. Images, video and audio are
 * shown, everything else is saved under its name.
 */
export async function sendContent(
  media: SentMedia & { fileName?: string },
  range: string | undefined,
  response: ServerResponse,
): Promise<void> {
  const size = mediaSize(media);
  const headers = headersOf(media.contentType, media.fileName);
  if (!("bytes" in media)) {
    response.writeHead(200, { ...headers, "content-length": size });
    return pipeline(media.open(), response);
  }
  const part = byteRange(range, size);
  if (part === "unsatisfiable") {
    response.writeHead(416, { ...headers, "content-range": `bytes */${size}` });
    response.end();
    return;
  }
  const { first, last } = part ?? { first: 0, last: size - 1 };
  const bytes = media.bytes.subarray(first, last + 1);
  response.writeHead(part === undefined ? 200 : 206, {
    ...headers,
    "accept-ranges": "bytes",
    "content-length": bytes.length,
    ...(part !== undefined && { "content-range": `bytes ${first}-${last}/${size}` }),
  });
  response.end(bytes);
}

/** Anybody can name a type, and the page's own origin serves it: nothing in it may run as a part of the page. */
function headersOf(named: string, fileName: string | undefined): Record<string, string> {
  const isShown = SHOWN.test(named) && MEDIA_TYPE.test(named);
  return {
    "content-type": isShown ? named : "application/octet-stream",
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox",
    "cross-origin-resource-policy": "same-origin",
    // It can be unsent at any time.
    "cache-control": "no-store",
    "content-disposition": contentDisposition(fileName, {
      type: isShown ? "inline" : "attachment",
    }),
  };
}
