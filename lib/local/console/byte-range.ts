/** The part of a file that a browser asks for: both ends belong to it. */
export interface ByteRange {
  first: number;
  last: number;
}

const ONE_RANGE = /^bytes=(\d*)-(\d*)$/;

/**
 * What the header `Range` asks for of a file of `size` bytes: undefined for the whole file, also where
 * the header has another form or several ranges (RFC 9110 lets a server ignore these).
 */
export function byteRange(
  header: string | undefined,
  size: number,
): ByteRange | "unsatisfiable" | undefined {
  const [, from = "", to = ""] = ONE_RANGE.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  // Without a start it is the number of the last bytes.
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== "" && to !== "" && Number(to) < first) return undefined;
  return first <= last ? { first, last } : "unsatisfiable";
}
