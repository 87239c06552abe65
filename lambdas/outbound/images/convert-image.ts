import type Vips from "wasm-vips";

/** LINE's. https://developers.line.biz/en/reference/messaging-api/#image-message */
const LIMITS = { originalBytes: 10_000_000, previewBytes: 1_000_000 };

/** More is a trick, or a map that no phone shows. */
const MAX_PIXELS = 50_000_000;
/** libwebp takes some 25 bytes of memory for each, the others at most 9. */
const MAX_WEBP_PIXELS = 17_000_000;
/** Sharp in a chat on every phone. */
const PREVIEW_SIDE = 1_024;
/** Tried in turn until a JPEG fits: what shows least comes first. */
const STEPS = [
  { scale: 1, quality: 90 },
  { scale: 1, quality: 80 },
  { scale: 0.75, quality: 80 },
  { scale: 0.5, quality: 80 },
  { scale: 0.25, quality: 80 },
];
/** Colours need their profile. The rest (position, camera, time) stays only in an image that is not converted. */
const KEEP = "icc";

/** What LINE shows. */
export interface LineImage {
  bytes: Uint8Array;
  mime: "image/jpeg" | "image/png";
}

export interface PreparedImage {
  original: LineImage;
  /** Absent where the original is small enough to be its own preview. */
  preview?: LineImage;
}

/**
 * An image as LINE takes it: JPEG or PNG of at most 10 MB, with a preview of at most 1 MB. A JPEG
 * or PNG within the limits stays as it is; anything else is converted: the first frame, upright,
 * without metadata. `mime` is what the bytes are. Undefined if they are no whole image, or one of
 * more than 50 megapixels (WebP: 17). Throws what is not the fault of the bytes. `limits` are LINE's but
 * in tests, where a tenth of them takes a tenth of the time.
 */
export function convertImage(
  library: typeof Vips,
  bytes: Uint8Array,
  mime: string,
  limits = LIMITS,
): PreparedImage | undefined {
  const { originalBytes, previewBytes } = limits;
  try {
    const side = longestSide(library, bytes, mime);
    if (side === undefined) return undefined;
    const original =
      untouched(bytes, mime, originalBytes) ?? encoded(library, bytes, side, originalBytes);
    // Made in any case, since only decoding proves that the image is whole.
    const preview = encoded(library, bytes, Math.min(side, PREVIEW_SIDE), previewBytes);
    if (original === undefined || preview === undefined) return undefined;
    return original.bytes.length <= previewBytes ? { original } : { original, preview };
  } catch (error) {
    // What libvips says of an image comes as an exception of WebAssembly, which is no Error.
    if (error instanceof Error) throw error;
    return undefined;
  }
}

/** Undefined if it has too many pixels. Nothing is decoded for it. */
function longestSide(library: typeof Vips, bytes: Uint8Array, mime: string): number | undefined {
  // Opening a WebP makes room for all its pixels at once, so it is opened in miniature.
  const [shrink, maxPixels] = mime === "image/webp" ? [16, MAX_WEBP_PIXELS] : [1, MAX_PIXELS];
  const options = shrink > 1 ? `scale=${1 / shrink}` : "";
  using header = library.Image.newFromBuffer(bytes, options, { access: "sequential" });
  const pixels = header.width * header.height * shrink ** 2;
  if (pixels > maxPixels || pixels * header.bands > maxPixels * 4) return undefined;
  return Math.ceil((Math.max(header.width, header.height) + 0.5) * shrink);
}

function untouched(bytes: Uint8Array, mime: string, maxBytes: number): LineImage | undefined {
  if (bytes.length > maxBytes) return undefined;
  if (mime === "image/jpeg") return { bytes, mime };
  return mime === "image/png" || mime === "image/apng" ? { bytes, mime: "image/png" } : undefined;
}

/** PNG if there is transparency to keep and room for it, otherwise JPEG on white. */
function encoded(
  library: typeof Vips,
  bytes: Uint8Array,
  side: number,
  maxBytes: number,
): LineImage | undefined {
  if (isTransparent(library, bytes, side)) {
    using image = decoded(library, bytes, side);
    const png = image.pngsaveBuffer({ keep: KEEP });
    if (png.length <= maxBytes) return { bytes: png, mime: "image/png" };
  }
  for (const { scale, quality } of STEPS) {
    using image = decoded(library, bytes, Math.ceil(side * scale));
    const jpeg = image.jpegsaveBuffer({ Q: quality, background: 255, keep: KEEP });
    if (jpeg.length <= maxBytes) return { bytes: jpeg, mime: "image/jpeg" };
  }
  return undefined;
}

function isTransparent(library: typeof Vips, bytes: Uint8Array, side: number): boolean {
  using image = decoded(library, bytes, side);
  if (!image.hasAlpha()) return false;
  using alpha = image.extractBand(image.bands - 1);
  return alpha.min() < (image.format === "ushort" ? 65_535 : 255);
}

/** Upright, its longer side at most `side`. Read in passing, so it can be used once. */
function decoded(library: typeof Vips, bytes: Uint8Array, side: number): Vips.Image {
  return library.Image.thumbnailBuffer(bytes, side, {
    height: side,
    size: "down",
    // The option of the same name is forgotten on the way to the loader.
    option_string: "fail_on=truncated",
  });
}
