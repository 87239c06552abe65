import type Vips from "wasm-vips";
import { convertImage } from "../../../../lambdas/outbound/images/convert-image.ts";
import { startVips } from "../../../../lambdas/outbound/images/start-vips.ts";
import { NEUTRAL_PREVIEW } from "../../../../lambdas/outbound/media/neutral-preview.ts";
import { pngOf } from "./png-of.ts";

jest.setTimeout(60_000);

let library: typeof Vips;
beforeAll(async () => {
  library = await startVips();
});

afterEach(() => jest.restoreAllMocks());

const MB = 1_000_000;
const LINE_LIMITS = { originalBytes: 10 * MB, previewBytes: MB };
const A_TENTH = { originalBytes: MB, previewBytes: MB / 10 };
const WEBP_15000 = "UklGRhoAAABXRUJQVlA4TA4AAAAvl/qlDgcQEf0PRET/Aw==";

const tiles = new Map<string, Vips.Image>();

/** A square of noise; its pixels are kept, because libvips would draw them again for every use. */
function tileOf(side: number, deviation: number): Vips.Image {
  const key = `${side} ${deviation}`;
  const known = tiles.get(key);
  if (known !== undefined) return known;
  const [red, green, blue] = [1, 2, 3].map((seed) =>
    library.Image.gaussnoise(side, side, { mean: 128, sigma: deviation, seed }),
  ) as [Vips.Image, Vips.Image, Vips.Image];
  const tile = red
    .bandjoin([green, blue])
    .cast("uchar")
    .copy({ interpretation: "srgb" })
    .copyMemory();
  tiles.set(key, tile);
  return tile;
}

/** Noise, which JPEG cannot compress, nor PNG beyond one tile; at deviation 0 it is plain. */
function noise(width: number, height: number, deviation = 80, tile = 500): Vips.Image {
  return tileOf(tile, deviation)
    .replicate(Math.ceil(width / tile), Math.ceil(height / tile))
    .crop(0, 0, width, height);
}

/** With a transparent left half. */
function seeThrough(width: number, height: number): Vips.Image {
  const left = library.Image.black(width / 2, height);
  const alpha = left.join(left.linear(1, 255), "horizontal").cast("uchar");
  return noise(width, height, 0).bandjoin(alpha);
}

function facts(bytes: Uint8Array) {
  using image = library.Image.newFromBuffer(bytes);
  return { width: image.width, height: image.height, fields: [...image.getFields()] };
}

function pixel(bytes: Uint8Array, x: number, y: number): number[] {
  using image = library.Image.newFromBuffer(bytes);
  return image.getpoint(x, y);
}

test.each([
  ["image/jpeg", "image/jpeg", () => noise(400, 300).jpegsaveBuffer()],
  ["image/png", "image/png", () => noise(400, 300).pngsaveBuffer()],
  ["image/png", "image/png", () => seeThrough(400, 300).pngsaveBuffer()],
  ["image/apng", "image/png", () => noise(400, 300).pngsaveBuffer()],
] as const)("keeps a small %s as it is, and as its own preview", (mime, kept, make) => {
  const bytes = make();
  const image = convertImage(library, bytes, mime);
  expect(image).toStrictEqual({ original: { bytes, mime: kept } });
  expect(image?.original.bytes).toBe(bytes);
});

test.each([
  ["image/jpeg", () => noise(2_000, 1_500).jpegsaveBuffer({ Q: 95 })],
  ["image/png", () => noise(1_200, 900).pngsaveBuffer()],
])("keeps a %s of 1 to 10 MB and makes a preview", (mime, make) => {
  const bytes = make();
  expect(bytes.length).toBeGreaterThan(MB);
  expect(bytes.length).toBeLessThan(10 * MB);
  const image = convertImage(library, bytes, mime);
  expect(image?.original.bytes).toBe(bytes);
  expect(image?.preview?.mime).toBe("image/jpeg");
  expect(image?.preview?.bytes.length).toBeLessThanOrEqual(MB);
  expect(facts(image?.preview?.bytes as Uint8Array)).toMatchObject({ width: 1_024, height: 768 });
});

test.each([
  ["image/jpeg", A_TENTH, () => noise(1_330, 950).jpegsaveBuffer({ Q: 97 })],
  ["image/png", undefined, () => noise(2_400, 1_800).pngsaveBuffer({ compression: 0 })],
])("shrinks a %s of more than 10 MB", (mime, limits, make) => {
  const { originalBytes, previewBytes } = limits ?? LINE_LIMITS;
  const bytes = make();
  expect(bytes.length).toBeGreaterThan(originalBytes);
  const image = convertImage(library, bytes, mime, limits);
  const { width, height } = facts(bytes);
  // Lower quality is enough: all pixels are there.
  expect(facts(image?.original.bytes as Uint8Array)).toMatchObject({ width, height });
  expect(image?.original.mime).toBe("image/jpeg");
  expect(image?.original.bytes.length).toBeLessThanOrEqual(originalBytes);
  expect(image?.original.bytes.length).toBeGreaterThan(previewBytes);
  expect(image?.preview?.bytes.length).toBeLessThanOrEqual(previewBytes);
});

test("takes pixels away only where quality is not enough", () => {
  const bytes = noise(1_600, 1_200).jpegsaveBuffer({ Q: 85 });
  const image = convertImage(library, bytes, "image/jpeg", A_TENTH);
  expect(image?.original.bytes.length).toBeLessThanOrEqual(A_TENTH.originalBytes);
  const { width } = facts(image?.original.bytes as Uint8Array);
  expect(width).toBeGreaterThan(1_000);
  expect(width).toBeLessThan(1_600);
});

test.each([
  ["image/gif", "image/jpeg", () => noise(300, 200, 9).gifsaveBuffer()],
  ["image/gif", "image/png", () => seeThrough(300, 200).gifsaveBuffer()],
  ["image/webp", "image/jpeg", () => noise(300, 200).webpsaveBuffer()],
  ["image/webp", "image/png", () => seeThrough(300, 200).webpsaveBuffer()],
  ["image/webp", "image/jpeg", () => noise(300, 200).bandjoin(255).webpsaveBuffer()],
  ["image/tiff", "image/jpeg", () => noise(300, 200).tiffsaveBuffer()],
  ["image/tiff", "image/jpeg", () => noise(300, 200).colourspace("cmyk").tiffsaveBuffer()],
] as const)("converts %s to %s", (from, to, make) => {
  const image = convertImage(library, make(), from);
  expect(image).toStrictEqual({ original: { bytes: expect.any(Uint8Array), mime: to } });
  const { bytes } = image?.original ?? { bytes: new Uint8Array() };
  expect(facts(bytes)).toMatchObject({ width: 300, height: 200 });
  if (to === "image/png") expect(pixel(bytes, 10, 10)[3]).toBe(0);
});

test("shows the first frame of an animation", () => {
  const red = library.Image.black(40, 30, { bands: 3 }).linear([1, 1, 1], [255, 0, 0]);
  const frames = red.join(red.linear([0, 0, 0], [0, 0, 255]), "vertical").cast("uchar");
  const gif = frames.copy({ interpretation: "srgb" }).gifsaveBuffer({ page_height: 30 });
  const image = convertImage(library, gif, "image/gif");
  const { bytes } = image?.original ?? { bytes: new Uint8Array() };
  expect(facts(bytes)).toMatchObject({ width: 40, height: 30 });
  expect(pixel(bytes, 5, 5)[0]).toBeGreaterThan(200);
});

test("puts a transparent image on white when a PNG is too large", () => {
  const alpha = library.Image.black(640, 640);
  const bytes = noise(640, 640, 80, 640).bandjoin(alpha).pngsaveBuffer({ compression: 0 });
  const image = convertImage(library, bytes, "image/png", A_TENTH);
  expect(image?.original.mime).toBe("image/jpeg");
  expect(pixel(image?.original.bytes as Uint8Array, 9, 9)).toEqual([255, 255, 255]);
});

test("turns a photograph upright and leaves out where it was taken", () => {
  const photograph = noise(300, 200);
  photograph.setInt("orientation", 6);
  photograph.setString(
    "exif-ifd3-GPSLatitude",
    "13/1 45/1 0/1 (13, 45, 0, Rational, 3 components)",
  );
  const webp = photograph.webpsaveBuffer();
  expect(facts(webp).fields).toContain("exif-ifd3-GPSLatitude");
  const image = convertImage(library, webp, "image/webp");
  const { width, height, fields } = facts(image?.original.bytes as Uint8Array);
  expect([width, height]).toEqual([200, 300]);
  expect(fields.filter((field) => /exif|xmp|iptc|orientation/.test(field))).toEqual([]);
});

test("the preview of a photograph that lies on its side is upright", () => {
  const photograph = noise(2_000, 1_500);
  photograph.setInt("orientation", 6);
  const bytes = photograph.jpegsaveBuffer({ Q: 95 });
  const image = convertImage(library, bytes, "image/jpeg");
  expect(image?.original.bytes).toBe(bytes);
  expect(facts(image?.preview?.bytes as Uint8Array)).toMatchObject({ width: 768, height: 1_024 });
});

test("keeps the colour profile", () => {
  const wide = noise(100, 100).iccTransform("p3", { input_profile: "srgb" });
  const image = convertImage(library, wide.webpsaveBuffer(), "image/webp");
  expect(facts(image?.original.bytes as Uint8Array).fields).toContain("icc-profile-data");
});

test.each([
  ["random bytes", () => Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7_919) % 251)],
  ["no bytes", () => new Uint8Array()],
  ["a truncated JPEG", () => noise(900, 900).jpegsaveBuffer().subarray(0, 60_000)],
  ["a truncated PNG", () => noise(300, 300).pngsaveBuffer().subarray(0, 60_000)],
  ["only the header of a JPEG", () => noise(900, 900).jpegsaveBuffer().subarray(0, 700)],
  ["an image that libvips does not load", () => Buffer.from("P1 1 1 0")],
  [
    "a drawing",
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  ],
])("%s is no image", (_name, make) => {
  expect(convertImage(library, make(), "image/jpeg")).toBeUndefined();
});

describe("an image that claims to be enormous", () => {
  const cases: [string, string, () => Uint8Array][] = [
    ["PNG of 60,000 × 60,000", "image/png", () => pngOf(60_000, 60_000, Buffer.alloc(1_000_000))],
    ["PNG of 8,000 × 7,000", "image/png", () => pngOf(8_000, 7_000, Buffer.alloc(1_000_000))],
    ["JPEG of 65,000 × 65,000", "image/jpeg", () => jpeg(65_000, 65_000)],
    // A whole and valid image of 225 megapixels.
    ["WebP of 34 bytes", "image/webp", () => Buffer.from(WEBP_15000, "base64")],
  ];

  test.each(cases)("%s is refused before it is decoded", (_name, mime, make) => {
    const bytes = make();
    const before = process.memoryUsage().rss;
    expect(convertImage(library, bytes, mime)).toBeUndefined();
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MB);
  });
});

test("what WebAssembly itself throws is not taken for a faulty image", () => {
  const bytes = noise(40, 30).jpegsaveBuffer();
  jest.spyOn(library.Image, "thumbnailBuffer").mockImplementationOnce(() => {
    throw new Error("unreachable");
  });
  expect(() => convertImage(library, bytes, "image/jpeg")).toThrow("unreachable");
});

test("the preview of a video is small, dark and 16:9", () => {
  const { bytes, mime } = NEUTRAL_PREVIEW;
  expect(mime).toBe("image/png");
  expect(bytes.length).toBeLessThan(5_000);
  expect(facts(bytes)).toMatchObject({ width: 480, height: 270 });
  expect(Math.max(...pixel(bytes, 240, 135))).toBeLessThan(60);
});

function jpeg(width: number, height: number): Uint8Array {
  const bytes = Buffer.from(noise(16, 16).jpegsaveBuffer());
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}
