import { finished, type Readable, Transform } from "node:stream";
import { DownloadTooLarge } from "./download-errors.ts";

/**
 * Passes the bytes of a transfer on. When `source` fails or breaks off, the stream fails with what
 * `failureOf` makes of it; beyond `maxBytes` it fails with DownloadTooLarge. Whoever stops reading
 * early ends the transfer.
 */
export function guardedBody(
  source: Readable,
  failureOf: (error: Error) => Error,
  maxBytes = Number.POSITIVE_INFINITY,
): Readable {
  let bytes = 0;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= maxBytes) return done(null, chunk);
      return done(new DownloadTooLarge(`There are more than ${maxBytes} bytes to download.`));
    },
  });
  // It may fail before anybody reads it. The error is not lost: it awaits the reader.
  body.on("error", () => {});
  body.on("close", () => source.destroy());
  finished(source, (error) => {
    if (error != null) body.destroy(failureOf(error));
  });
  return source.pipe(body);
}
