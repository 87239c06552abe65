import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createImageOrders, isImage } from "../../../../lambdas/outbound/media/order-image.ts";
import { RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { memoryStore } from "./memory-store.ts";

const ORDER = { brand: "retail-thai", messageId: "g1", key: "b/c/g1/0", source: "b/c/s1/0" };
const NOW = 1_795_392_000_000;

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "order-image-"));
  path = join(folder, "file");
  await writeFile(path, "an image");
});
afterAll(() => rm(folder, { recursive: true }));

function setUp() {
  const bucket = memoryStore();
  const invoked: { atS: number; order: unknown }[] = [];
  const logged: unknown[][] = [];
  const faults = { invoke: undefined as Error | undefined };
  let seconds = 0;
  const orders = createImageOrders({
    async invoke(order) {
      if (faults.invoke !== undefined) throw faults.invoke;
      invoked.push({ atS: seconds, order });
    },
    now: () => NOW + seconds * 1_000,
  });
  const write = (...line: unknown[]) => void logged.push(line);
  const brand = { media: { store: bucket.store }, log: { warn: write, error: write } };
  return {
    ...bucket,
    faults,
    invoked,
    logged,
    at(time: number) {
      seconds = time;
    },
    place: () => orders.place(ORDER, { path, bytes: 8, mime: "image/webp" }, "圖.webp", brand),
    lookAfter: () => orders.lookAfter(ORDER, brand),
  };
}

const pending = (seconds: number) => ({ name: "MediaPending", seconds });

test.each([
  ["image/png", 30_000_000, true],
  ["image/heic", 1, true],
  ["image/png", 30_000_001, false],
  ["video/mp4", 1, false],
])("%s of %i bytes is an image: %s", (mime, bytes, expected) => {
  expect(isImage({ mime, bytes })).toBe(expected);
});

test("an image is put down before the function is invoked, and is looked for in 2 s", async () => {
  const { place, objects, invoked } = setUp();
  await expect(place()).rejects.toMatchObject(pending(1));
  expect([...objects]).toEqual([
    [
      "b/c/s1/0.1",
      {
        mime: "image/webp",
        fileName: "圖.webp",
        details: { at: String(NOW) },
        bytes: 8,
        content: Buffer.from("an image"),
      },
    ],
  ]);
  expect(invoked).toEqual([{ atS: 0, order: ORDER }]);
});

test("what cannot be put down is not handed over", async () => {
  const { place, faults, invoked, store } = setUp();
  jest.spyOn(store, "put").mockRejectedValue(new RetryableFailure("S3 could not be used."));
  faults.invoke = new Error("never asked");
  await expect(place()).rejects.toThrow("S3");
  expect(invoked).toEqual([]);
});

test("an image that nobody has handed over is not waited for", async () => {
  const { lookAfter, invoked } = setUp();
  expect(await lookAfter()).toBe(false);
  expect(invoked).toEqual([]);
});

test("the sender looks again after a second, then less and less often", async () => {
  const { place, lookAfter, at, invoked } = setUp();
  await place().catch(() => undefined);
  for (const [time, seconds] of [
    [1, 1],
    [2, 1],
    [3, 2],
    [5, 3],
    [8, 4],
    [12, 6],
    [18, 8],
    [24.9, 8],
  ] as const) {
    at(time);
    await expect(lookAfter()).rejects.toMatchObject(pending(seconds));
  }
  expect(invoked).toHaveLength(1);
});

test("an order is lost after 25 s: it is made three times, each once, and then given up", async () => {
  const { place, lookAfter, at, invoked, objects } = setUp();
  await place().catch(() => undefined);
  for (let time = 2; time < 75; time += 2) {
    at(time);
    await expect(lookAfter()).rejects.toMatchObject({ name: "MediaPending" });
  }
  expect(invoked).toEqual([0, 26, 52].map((atS) => ({ atS, order: ORDER })));
  at(77);
  expect(await lookAfter()).toBe(true);
  expect(invoked).toHaveLength(3);
  expect([...objects.keys()]).toEqual(["b/c/s1/0.1", "b/c/s1/0.2", "b/c/s1/0.3"]);
});

test("a sender that is killed before it has invoked the function costs 25 s", async () => {
  const { place, lookAfter, at, faults, invoked } = setUp();
  faults.invoke = new Error("killed");
  await place().catch(() => undefined);
  faults.invoke = undefined;
  at(90);
  await expect(lookAfter()).rejects.toMatchObject(pending(1));
  expect(invoked).toEqual([{ atS: 90, order: ORDER }]);
});

test("an invocation that fails is logged and no failure of the message", async () => {
  const { place, faults, logged } = setUp();
  faults.invoke = Object.assign(new Error("secret words"), { name: "TooManyRequestsException" });
  await expect(place()).rejects.toMatchObject(pending(1));
  expect(logged).toEqual([
    [
      "Could not invoke the function that converts images",
      expect.objectContaining({ correlationId: "g1", errorName: "TooManyRequestsException" }),
    ],
  ]);
  expect(JSON.stringify(logged)).not.toContain("secret words");
});
