import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { playableInLine } from "../../../../lambdas/outbound/media/playable-in-line.ts";

jest.setTimeout(60_000);

const sample = (name: string) => fileURLToPath(new URL(`./samples/${name}`, import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "playable-"));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => jest.restoreAllMocks());

async function judge(bytes: Uint8Array, mime: string) {
  const path = join(folder, "file");
  await writeFile(path, bytes);
  return playableInLine(path, mime, bytes.length);
}

test.each([
  ["video.mp4", "video/mp4"],
  ["silent-video.mp4", "video/mp4"],
  ["fragmented.mp4", "video/mp4"],
  ["video.mp4", "video/x-m4v"],
])("%s, found to be %s, is a video", async (name, mime) => {
  const path = sample(name);
  expect(await playableInLine(path, mime, (await stat(path)).size)).toEqual({
    kind: "video",
    mime: "video/mp4",
  });
});

// Durations as ffprobe tells them, to the frame or three.
test.each([
  ["constant.mp3", "audio/mpeg", "audio/mpeg", 2_560],
  ["variable.mp3", "audio/mpeg", "audio/mpeg", 2_064],
  ["voice.m4a", "audio/mp4", "audio/mp4", 1_546],
  ["sound-only.mp4", "video/mp4", "audio/mp4", 1_546],
])("%s, found to be %s, is sound of a known duration", async (name, mime, played, durationMs) => {
  const path = sample(name);
  const playable = await playableInLine(path, mime, (await stat(path)).size);
  expect(playable).toEqual({ kind: "audio", mime: played, durationMs: expect.any(Number) });
  const difference = Math.abs((playable?.kind === "audio" ? playable.durationMs : 0) - durationMs);
  expect(difference).toBeLessThan(100);
});

test.each([
  ["hevc.mp4", "video/mp4"],
  ["lossless.m4a", "audio/mp4"],
  ["video.mov", "video/quicktime"],
  ["video.webm", "video/webm"],
  ["sound.wav", "audio/wav"],
  ["sound.ogg", "audio/ogg"],
  ["sound.ogg", "audio/mpeg"],
  ["video.webm", "video/mp4"],
])("%s, found to be %s, is nothing that LINE plays", async (name, mime) => {
  const path = sample(name);
  expect(await playableInLine(path, mime, (await stat(path)).size)).toBeUndefined();
});

test.each(["audio/mpeg", "audio/mp4", "video/mp4"])(
  "bytes without sense are no %s",
  async (mime) => {
    expect(await judge(new Uint8Array(), mime)).toBeUndefined();
    expect(await judge(Buffer.alloc(20_000), mime)).toBeUndefined();
    expect(await judge(Buffer.from("not a video at all"), mime)).toBeUndefined();
  },
);

test.each([
  ["video.mp4", "video/mp4"],
  ["voice.m4a", "audio/mp4"],
  ["variable.mp3", "audio/mpeg"],
])("no damage to %s makes it fail", async (name, mime) => {
  const whole = await readFile(sample(name));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }),
      fc.nat(whole.length),
      async (damages, length) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of damages) bytes[at] = value;
        const playable = await judge(bytes.subarray(0, length), mime);
        if (playable?.kind === "audio") expect(playable.durationMs).toBeGreaterThan(0);
      },
    ),
    { numRuns: 100 },
  );
});

test("what takes too long to read is given up", async () => {
  const timeout = AbortSignal.timeout;
  const inTests = jest.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(300));
  // Each byte looks like the beginning of a frame.
  const began = performance.now();
  expect(await judge(Buffer.alloc(20_000_000, 0xff), "audio/mpeg")).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(inTests).toHaveBeenCalledWith(5_000);
});
