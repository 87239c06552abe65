import { fileTypeFromBuffer } from "file-type";
import { parseBuffer } from "music-metadata";
import { SAMPLES, type Sample } from "../../../../lib/local/demo/samples.ts";

const samples: [string, Sample][] = Object.entries(SAMPLES);

it.each(samples)("%s is small and what it says", async (_, { bytes, contentType }) => {
  expect(bytes.length).toBeLessThan(20_000);
  expect(await fileTypeFromBuffer(bytes)).toMatchObject({ mime: contentType });
});

it.each(samples.filter(([, { duration }]) => duration !== undefined))(
  "%s lasts as long as it says",
  async (_, { name, bytes, duration = 0 }) => {
    const { format } = await parseBuffer(bytes, { path: name });
    expect(Math.abs((format.duration ?? 0) * 1000 - duration)).toBeLessThan(100);
  },
);
