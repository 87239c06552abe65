import { randomBytes } from "node:crypto";
import { prepareImage } from "../../../../lambdas/outbound/media/prepare-image.ts";
import { RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { pngOf } from "./png-of.ts";

jest.setTimeout(120_000);

const MB = 1_000_000;
const mime = "image/png";

afterEach(() => jest.restoreAllMocks());

/** A PNG of noise, which is not made by libvips, whose memory is the subject here. */
const of = (bytes: Uint8Array) => async () => bytes;

function noise(width: number, height: number): Uint8Array {
  const bytesOfRow = width * 3 + 1;
  const rows = randomBytes(bytesOfRow * height);
  for (let row = 0; row < height; row++) rows[row * bytesOfRow] = 0;
  return pngOf(width, height, rows, 0);
}

test("prepares images in threads, and all that are asked for at once", async () => {
  const small = noise(300, 200);
  const large = noise(900, 700);
  const [first, second, third] = await Promise.all([
    prepareImage(of(small), mime),
    prepareImage(of(large), mime),
    prepareImage(of(Buffer.from("no image")), mime),
  ]);
  expect(Buffer.from(first?.original.bytes ?? []).equals(small)).toBe(true);
  expect(first?.preview).toBeUndefined();
  expect(second?.preview?.mime).toBe("image/jpeg");
  expect(third).toBeUndefined();
});

test("one large image after the other finds the memory that it needs", async () => {
  const bytes = noise(2_800, 2_200);
  for (let time = 0; time < 2; time++) {
    const image = await prepareImage(of(bytes), mime);
    expect(image?.original.mime).toBe("image/jpeg");
    expect(image?.original.bytes.length).toBeLessThanOrEqual(10 * MB);
  }
});

test("memory does not grow with the number of images", async () => {
  const bytes = noise(300, 200);
  const memory: number[] = [];
  for (let time = 0; time < 6; time++) {
    await prepareImage(of(bytes), mime);
    memory.push(process.memoryUsage().rss);
  }
  // Garbage comes and goes; what is kept of each image adds up.
  const kept = Math.min(...memory.slice(-2)) - Math.max(...memory.slice(0, 2));
  expect(kept).toBeLessThan(60 * MB);
});

test("a thread that cannot start does not hold up the next", async () => {
  const notCloneable = (() => mime) as never;
  await expect(prepareImage(of(noise(30, 20)), notCloneable)).rejects.toThrow();
  expect(await prepareImage(of(noise(30, 20)), mime)).toBeDefined();
});

describe("time", () => {
  beforeEach(() =>
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] }),
  );
  afterEach(() => jest.useRealTimers());

  test("an image that takes longer than 15 s is given up, and does not hold up the next", async () => {
    const slow = expect(prepareImage(of(noise(300, 200)), mime)).rejects.toThrow("in time");
    await jest.advanceTimersByTimeAsync(15_000);
    await slow;
    jest.useRealTimers();
    expect(await prepareImage(of(noise(30, 20)), mime)).toBeDefined();
  });

  test("an image waits 10 s for others, unread, and is then tried again later", async () => {
    const first = prepareImage(() => new Promise(() => undefined), mime);
    void first;
    let isRead = false;
    const read = async () => {
      isRead = true;
      return noise(30, 20);
    };
    const second = expect(prepareImage(read, mime)).rejects.toBeInstanceOf(RetryableFailure);
    await jest.advanceTimersByTimeAsync(10_000);
    await second;
    expect(isRead).toBe(false);
  });
});
