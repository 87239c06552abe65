import { readFileSync } from "node:fs";
import fc from "fast-check";
import { mp4Tracks } from "../../../../lambdas/shared/media/mp4-tracks.ts";
import { box, fileType, longBox, movie } from "./mp4-boxes.ts";

const sample = (name: string) =>
  readFileSync(new URL(`../../outbound/media/samples/${name}`, import.meta.url));
const data = (bytes: number) => box("mdat", Buffer.alloc(bytes, 7));

describe("the tracks of a file", () => {
  it.each([
    ["video.mp4", ["vide", "soun"]],
    ["fragmented.mp4", ["vide", "soun"]],
    ["hevc.mp4", ["vide"]],
    ["silent-video.mp4", ["vide"]],
    ["video.mov", ["vide"]],
    ["sound-only.mp4", ["soun"]],
    ["voice.m4a", ["soun"]],
    ["lossless.m4a", ["soun"]],
  ])("of %s are %p", (name, kinds) => {
    expect(mp4Tracks(sample(name))).toEqual(new Set(kinds));
  });

  it("are found wherever their list stands, and are unknown without the whole of it", () => {
    const kinds = fc.array(fc.constantFrom("soun", "vide", "text", "meta"), { maxLength: 4 });
    fc.assert(
      fc.property(
        kinds,
        fc.boolean(),
        fc.boolean(),
        fc.nat(5_000),
        (all, isFirst, isLong, bytes) => {
          const list = movie(...all);
          const content = isLong ? longBox("mdat", Buffer.alloc(bytes)) : data(bytes);
          const order = isFirst ? [list, content] : [content, list];
          const file = Buffer.concat([fileType("isom"), ...order]);
          expect(mp4Tracks(file)).toEqual(new Set(all));
          const end = file.indexOf(list) + list.length;
          expect(mp4Tracks(file.subarray(0, end - 1))).toBeUndefined();
        },
      ),
    );
  });

  it("are unknown for what is no such file, and whatever its bytes are they are read to an end", () => {
    for (const name of ["sound.ogg", "sound.wav", "video.webm", "constant.mp3"]) {
      expect(mp4Tracks(sample(name))).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void mp4Tracks(Buffer.from(bytes))),
    );
  });
});
