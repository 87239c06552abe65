import type { Readable } from "node:stream";
import { fileTypeFromBuffer } from "file-type/core";
import mimeTypes from "mime";
import { firstBytes } from "./first-bytes.ts";

/** So many first bytes tell all types that are recognized; the sample size of file-type. */
const SAMPLE_BYTES = 4_100;

const UNKNOWN = "application/octet-stream";

/** What an Office file looks like from outside: new ones are zip, old and encrypted ones cfb. */
const CONTAINERS: ReadonlySet<string> = new Set(["application/zip", "application/x-cfb"]);
const IN_CONTAINERS = /\.(docx?|xlsx?|pptx?)$/i;

/** Types that no byte gives away, and that a browser does not run. */
const PLAIN: ReadonlySet<string> = new Set([
  "text/plain",
  "text/csv",
  "text/tab-separated-values",
  "text/markdown",
  "application/json",
]);

/** Types that a browser could run, whatever the bytes were meant for. */
const RUNNABLE = /[/+]xml$|html|svg|javascript|flash/;

const NORMALIZED: Readonly<Record<string, string>> = { "audio/x-m4a": "audio/mp4" };

/**
 * The media type (without parameters) that the first bytes show; where they show none, what the
 * name or else `mime` says of plain text, otherwise `application/octet-stream`. Never a type that a
 * browser could run. `body` is handed back to be read from its beginning; of an empty one
 * `readableEnded` is true. Throws what the stream throws.
 */
export async function detectMediaType(
  body: Readable,
  declared: { mime?: string | undefined; fileName?: string | undefined },
): Promise<{ mime: string; body: Readable }> {
  const sample = await firstBytes(body, SAMPLE_BYTES);
  // Bytes that it stumbles over are of no known type.
  const sniffed = (await fileTypeFromBuffer(sample).catch(() => undefined)) ?? tiff(sample);
  const mime =
    sniffed === undefined
      ? plainType(declared.mime, declared.fileName)
      : refined(withoutParameters(sniffed.mime), declared.fileName);
  return { mime: RUNNABLE.test(mime) ? UNKNOWN : mime, body };
}

/** file-type reads on to where a TIFF lists its contents, which is often the end of the file. */
function tiff(sample: Buffer): { mime: string } | undefined {
  const mark = sample.toString("latin1", 0, 4);
  return mark === "II*\0" || mark === "MM\0*" ? { mime: "image/tiff" } : undefined;
}

function plainType(mime: string | undefined, fileName: string | undefined): string {
  const named = fileName === undefined ? null : mimeTypes.getType(fileName);
  const type = named ?? withoutParameters(mime ?? UNKNOWN);
  return PLAIN.has(type) ? type : UNKNOWN;
}

function refined(mime: string, fileName = ""): string {
  if (CONTAINERS.has(mime) && IN_CONTAINERS.test(fileName)) {
    return mimeTypes.getType(fileName) ?? mime;
  }
  return NORMALIZED[mime] ?? mime;
}

function withoutParameters(mime: string): string {
  return mime.split(";", 1).join("").trim().toLowerCase();
}
