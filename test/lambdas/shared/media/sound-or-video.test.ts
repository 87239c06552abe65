import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { detectMediaType } from "../../../../lambdas/shared/media/media-type.ts";
import { soundOrVideo } from "../../../../lambdas/shared/media/sound-or-video.ts";
import { element, matroska, trackList } from "./matroska-elements.ts";
import { box, fileType, movie } from "./mp4-boxes.ts";

const BRANDS = {
  isom: "mp4",
  mp42: "mp4",
  "3gp4": "3gpp",
  "qt  ": "mp4",
  "M4V ": "mp4",
  // Of sound, and yet some hold video.
  "M4A ": "mp4",
  "M4B ": "mp4",
  "F4A ": "mp4",
};
const SOUND = new Set(Object.values(BRANDS).map((subtype) => `audio/${subtype}`));

/** Arrives in pieces, and must be there afterwards. */
async function typeOf(bytes: Buffer, media: Parameters<typeof soundOrVideo>[1]) {
  const pieces = Array.from({ length: Math.ceil(bytes.length / 70_000) }, (_, n) =>
    bytes.subarray(n * 70_000, (n + 1) * 70_000),
  );
  const detected = await detectMediaType(Readable.from(pieces, { objectMode: false }), {
    fileName: media.fileName,
  });
  const mime = await soundOrVideo(detected, media);
  expect((await buffer(detected.body)).equals(bytes)).toBe(true);
  return mime;
}

const brands = fc.constantFrom(...(Object.keys(BRANDS) as (keyof typeof BRANDS)[]));
const file = (brand: string, dataBytes: number, ...kinds: string[]) =>
  Buffer.concat([fileType(brand), box("mdat", Buffer.alloc(dataBytes)), movie(...kinds)]);

describe("a container for sound and video", () => {
  it("is what its tracks are when it is a file, whatever its name", async () => {
    const names = fc.constantFrom("Recording_12.m4a", "rec.3gp", "clip.mp4", "บันทึกเสียง", undefined);
    await fc.assert(
      fc.asyncProperty(brands, names, fc.boolean(), async (brand, fileName, isSound) => {
        const bytes = file(brand, 200_000, "soun", ...(isSound ? [] : ["vide"]));
        const media = { kind: "file" as const, ...(fileName !== undefined && { fileName }) };
        const mime = await typeOf(bytes, media);
        const subtype = fileName?.endsWith(".m4a") ? "mp4" : BRANDS[brand];
        if (isSound) expect(mime).toBe(`audio/${subtype}`);
        else expect(mime).toMatch(/^video\//);
      }),
    );
  });

  it("is sound in an audio message, even where its tracks are not to be seen", async () => {
    await fc.assert(
      fc.asyncProperty(brands, fc.boolean(), async (brand, isWhole) => {
        const bytes = isWhole
          ? file(brand, 100, "soun")
          : Buffer.concat([fileType(brand), Buffer.alloc(99)]);
        expect(SOUND).toContain(await typeOf(bytes, { kind: "audio" }));
      }),
    );
  });

  it("is what its name says where the tracks are behind the first 5 MiB", async () => {
    const late = file("isom", 6_000_000, "soun");
    expect(await typeOf(late, { kind: "file", fileName: "Recording_12.m4a" })).toBe("audio/mp4");
    expect(await typeOf(late, { kind: "file", fileName: "Voice 001.3ga" })).toBe("audio/mp4");
    expect(await typeOf(late, { kind: "file", fileName: "clip.mp4" })).toBe("video/mp4");
    const early = file("isom", 4_000_000, "soun");
    expect(await typeOf(early, { kind: "file", fileName: "clip.mp4" })).toBe("audio/mp4");
  });

  it("is what its first bytes say where neither its tracks nor its name tell", async () => {
    const late = (brand: string) => file(brand, 6_000_000, "soun");
    const unnamed = { kind: "file" as const, fileName: "บันทึกเสียง" };
    expect(await typeOf(late("M4A "), unnamed)).toBe("audio/mp4");
    expect(await typeOf(late("mp42"), unnamed)).toBe("video/mp4");
  });

  it("is a video in a video message, whatever else it is called", async () => {
    await fc.assert(
      fc.asyncProperty(brands, fc.boolean(), async (brand, isWhole) => {
        const bytes = isWhole ? file(brand, 100, "vide", "soun") : file(brand, 100);
        expect(await typeOf(bytes, { kind: "video" })).toMatch(/^video\//);
      }),
    );
  });

  it("is sound where a Matroska or WebM file has no video, whatever its name", async () => {
    const docTypes = fc.constantFrom<"webm" | "matroska">("webm", "matroska");
    const names = fc.constantFrom(
      "rec.webm",
      "rec.mkv",
      "clip.mp4",
      "voice.m4a",
      "録音",
      undefined,
    );
    await fc.assert(
      fc.asyncProperty(
        docTypes,
        names,
        fc.subarray<"soun" | "vide" | "text">(["soun", "vide", "text"]),
        fc.record({ before: fc.nat(200_000), isLive: fc.boolean() }),
        async (docType, fileName, kinds, options) => {
          const bytes = matroska(docType, trackList(kinds), options);
          const isSound = kinds.includes("soun") && !kinds.includes("vide");
          expect(await typeOf(bytes, { kind: "file", fileName })).toBe(
            `${isSound ? "audio" : "video"}/${docType}`,
          );
          expect(await typeOf(bytes, { kind: "audio" })).toBe(`audio/${docType}`);
          expect(await typeOf(bytes, { kind: "video" })).toBe(`video/${docType}`);
        },
      ),
    );
    const trackless = matroska("webm", element(0xec, Buffer.alloc(9)));
    expect(await typeOf(trackless, { kind: "file", fileName: "voice.weba" })).toBe("audio/webm");
    expect(await typeOf(trackless, { kind: "file", fileName: "clip.webm" })).toBe("video/webm");
  });
});
