import { randomBytes } from "node:crypto";
import { pngOf } from "./png-of.ts";

/** A PNG of noise, which nothing compresses; not made by libvips, whose memory is the subject of some tests. */
export function noise(width: number, height: number): Uint8Array {
  const bytesOfRow = width * 3 + 1;
  const rows = randomBytes(bytesOfRow * height);
  for (let row = 0; row < height; row++) rows[row * bytesOfRow] = 0;
  return pngOf(width, height, rows, 0);
}
