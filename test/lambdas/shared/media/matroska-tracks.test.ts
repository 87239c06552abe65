import { readFileSync } from "node:fs";
import fc from "fast-check";
import { matroskaTracks } from "../../../../lambdas/shared/media/matroska-tracks.ts";
import { element, type Kind, matroska, trackList } from "./matroska-elements.ts";

const sample = (name: string) =>
  readFileSync(new URL(`../../outbound/media/samples/${name}`, import.meta.url));

const kindLists = fc.array(fc.constantFrom<Kind>("soun", "vide", "text"), { maxLength: 4 });

describe("the tracks of a Matroska file", () => {
  it("are those of a video that a browser plays", () => {
    expect(matroskaTracks(sample("video.webm"))).toEqual(new Set(["vide"]));
  });

  it("are found however its sizes are written, and are unknown without the whole of their list", () => {
    fc.assert(
      fc.property(
        kindLists,
        fc.constantFrom<"webm" | "matroska">("webm", "matroska"),
        fc.integer({ min: 2, max: 8 }),
        fc.record({
          before: fc.nat(5_000),
          isLive: fc.boolean(),
          liveBytes: fc.constantFrom(1, 2, 4, 8),
        }),
        (kinds, docType, sizeBytes, options) => {
          const list = trackList(kinds, sizeBytes);
          const file = matroska(docType, list, options);
          const named = kinds.map((kind) => (kind === "text" ? "other" : kind));
          expect(matroskaTracks(file)).toEqual(new Set(named));
          const end = file.indexOf(list) + list.length;
          expect(matroskaTracks(file.subarray(0, end))).toEqual(new Set(named));
          expect(matroskaTracks(file.subarray(0, end - 1))).toBeUndefined();
        },
      ),
    );
  });

  it("are unknown for what is no such file, and whatever its bytes are they are read to an end", () => {
    for (const name of ["sound.ogg", "sound.wav", "video.mp4", "constant.mp3"]) {
      expect(matroskaTracks(sample(name))).toBeUndefined();
    }
    const whole = matroska("webm", trackList(["soun", "vide"]));
    fc.assert(
      fc.property(fc.nat(whole.length), fc.uint8Array({ maxLength: 20 }), (at, bytes) => {
        const damaged = Buffer.from(whole);
        damaged.set(bytes.subarray(0, whole.length - at), at);
        matroskaTracks(damaged);
        matroskaTracks(Buffer.from(bytes));
      }),
    );
  });

  it("are looked for without holding millions of elements", () => {
    const empty = element(0xec, Buffer.alloc(0), 1);
    const file = matroska("webm", Buffer.alloc(5_000_000, empty));
    const before = process.memoryUsage().heapUsed;
    expect(matroskaTracks(file)).toBeUndefined();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150_000_000);
  });
});
