import { finished, type Readable } from "node:stream";

/**
 * Reads the first `count` bytes of a stream (fewer only if it has no more) and puts them back. Throws what the stream
 * throws.
 */
export function firstBytes(body: Readable, count: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const look = () => {
      // Null until so many bytes have come, or all that there are.
      const sample: Buffer | null = body.read(count);
      if (sample === null) return;
      body.unshift(sample);
      settle(() => resolve(sample));
    };
    const forget = finished(body, { writable: false }, (error) =>
      settle(() => (error == null ? resolve(Buffer.alloc(0)) : reject(error))),
    );
    function settle(report: () => void): void {
      body.off("readable", look);
      forget();
      report();
    }
    body.on("readable", look);
  });
}
