import { Worker } from "node:worker_threads";
import { prepareImage } from "../../../../lambdas/outbound/images/prepare-image.ts";
import { noise } from "./noise.ts";

jest.mock("node:worker_threads", () => {
  const threads = jest.requireActual("node:worker_threads");
  return {
    ...threads,
    Worker: jest.fn((...options: unknown[]) => new threads.Worker(...options)),
  };
});

jest.setTimeout(120_000);

const MB = 1_000_000;
const mime = "image/png";

/** How many threads an act has started. */
async function threadsOf(act: () => Promise<unknown>): Promise<number> {
  const before = jest.mocked(Worker).mock.calls.length;
  await act();
  return jest.mocked(Worker).mock.calls.length - before;
}

afterEach(() => jest.restoreAllMocks());

test("prepares images in threads, and all that are asked for at once", async () => {
  const small = noise(300, 200);
  const large = noise(900, 700);
  const [first, second, third] = await Promise.all([
    prepareImage(small, mime),
    prepareImage(large, mime),
    prepareImage(Buffer.from("no image"), mime),
  ]);
  expect(Buffer.from(first?.original.bytes ?? []).equals(small)).toBe(true);
  expect(first?.preview).toBeUndefined();
  expect(second?.preview?.mime).toBe("image/jpeg");
  expect(third).toBeUndefined();
});

test("a thread converts one image after the other", async () => {
  const tiny = noise(30, 20);
  await prepareImage(tiny, mime);
  const more = async () => {
    expect(await prepareImage(Buffer.from("no image"), mime)).toBeUndefined();
    const image = await prepareImage(tiny, mime);
    expect(Buffer.from(image?.original.bytes ?? []).equals(tiny)).toBe(true);
  };
  expect(await threadsOf(more)).toBe(0);
});

test("a thread whose memory has grown converts no other image", async () => {
  await prepareImage(noise(30, 20), mime);
  const large = noise(3_500, 3_000);
  expect(await threadsOf(() => prepareImage(large, mime))).toBe(0);
  expect(await threadsOf(() => prepareImage(noise(30, 20), mime))).toBe(1);
});

test("one large image after the other finds the memory that it needs", async () => {
  const bytes = noise(2_800, 2_200);
  for (let time = 0; time < 2; time++) {
    const image = await prepareImage(bytes, mime);
    expect(image?.original.mime).toBe("image/jpeg");
    expect(image?.original.bytes.length).toBeLessThanOrEqual(10 * MB);
  }
});

test("memory does not grow with the number of images", async () => {
  const bytes = noise(300, 200);
  const memory: number[] = [];
  for (let time = 0; time < 6; time++) {
    await prepareImage(bytes, mime);
    memory.push(process.memoryUsage().rss);
  }
  // Garbage comes and goes; what is kept of each image adds up.
  const kept = Math.min(...memory.slice(-2)) - Math.max(...memory.slice(0, 2));
  expect(kept).toBeLessThan(60 * MB);
});

test("the library is compiled once for all images", async () => {
  const compile = jest.spyOn(WebAssembly, "compile");
  await jest.isolateModulesAsync(async () => {
    const own = await import("../../../../lambdas/outbound/images/prepare-image.ts");
    expect(await own.prepareImage(noise(30, 20), mime)).toBeDefined();
    expect(await own.prepareImage(noise(30, 20), mime)).toBeDefined();
  });
  expect(compile).toHaveBeenCalledTimes(1);
});

test("a thread that cannot be given an image does not hold up the next", async () => {
  const notCloneable = (() => mime) as never;
  await expect(prepareImage(noise(30, 20), notCloneable)).rejects.toThrow();
  expect(await prepareImage(noise(30, 20), mime)).toBeDefined();
});

describe("time", () => {
  beforeEach(() =>
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] }),
  );
  afterEach(() => jest.useRealTimers());

  test("an image that takes longer than 15 s is given up, and does not hold up the next", async () => {
    const slow = expect(prepareImage(noise(300, 200), mime)).rejects.toThrow("in time");
    await jest.advanceTimersByTimeAsync(15_000);
    await slow;
    jest.useRealTimers();
    expect(await prepareImage(noise(30, 20), mime)).toBeDefined();
  });
});
