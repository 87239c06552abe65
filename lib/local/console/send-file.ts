import type { ServerResponse } from "node:http";
import { create as contentDisposition } from "content-disposition";
import type { AgentFile } from "../simulators/genesys/downloads.ts";

/** Types that a browser shows without running anything that stands in them. */
const SHOWN = /^(image\/(?!svg)|video\/|audio\/)/;

/** Answers with a file: images, video and audio to be shown, everything else to be saved. */
export function sendFile(
  response: ServerResponse,
  { bytes, filename, mime }: Pick<AgentFile, "bytes" | "filename" | "mime">,
): void {
  const isShown = SHOWN.test(mime);
  response.writeHead(200, {
    "content-type": isShown ? mime : "application/octet-stream",
    "content-length": bytes.length,
    "content-disposition": contentDisposition(filename, {
      type: isShown ? "inline" : "attachment",
    }),
    // An agent can name any type; nothing of it may run as the console's own page.
    "content-security-policy": "sandbox",
    "x-content-type-options": "nosniff",
  });
  response.end(bytes);
}
