import type { PreparedImage } from "../../../../lambdas/outbound/images/convert-image.ts";
import { createHandler } from "../../../../lambdas/outbound/images/handler.ts";
import { RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { memoryStore } from "../media/memory-store.ts";

const ORDER = { brand: "retail-thai", messageId: "g1", key: "b/c/g1/0", source: "b/c/s1/0" };
const ATTACHED = { mime: "image/webp", fileName: "圖.v2.webp", details: { at: "1" } };
const CONVERTED: PreparedImage = { original: { bytes: Buffer.from("jpeg"), mime: "image/jpeg" } };

type Prepare = Parameters<typeof createHandler>[0]["prepare"];

/** With an image that was handed over, and another one beside it. */
function setUp(prepare: Prepare = async () => CONVERTED) {
  const bucket = memoryStore();
  const attach = (key: string) =>
    bucket.objects.set(key, { ...ATTACHED, bytes: 4, content: Buffer.from("webp") });
  attach("b/c/s1/0.1");
  attach("b/c/s1/0.2");
  attach("b/c/s1/01.1");
  const logged: unknown[] = [];
  const write = (...line: unknown[]) => void logged.push(line);
  const log = { info: write, warn: write, error: write };
  return { ...bucket, logged, handler: createHandler({ store: bucket.store, prepare, log }) };
}

test("hosts an image with its preview, which is stored before it, and deletes what was handed over", async () => {
  const preview = { bytes: Buffer.from("small"), mime: "image/jpeg" as const };
  const prepare = jest.fn(async () => ({ ...CONVERTED, preview }));
  const { handler, objects, puts, logged } = setUp(prepare);
  await handler(ORDER);
  expect(prepare).toHaveBeenCalledWith(Buffer.from("webp"), "image/webp");
  expect(puts).toEqual(["b/c/g1/0-preview", "b/c/g1/0"]);
  expect(objects.get("b/c/g1/0")).toMatchObject({
    mime: "image/jpeg",
    fileName: "圖.v2.jpg",
    details: { kind: "image", preview: "beside" },
    content: Buffer.from("jpeg"),
  });
  expect([...objects.keys()]).toEqual(["b/c/s1/01.1", "b/c/g1/0-preview", "b/c/g1/0"]);
  expect(logged).toEqual([]);
});

test("reads an order of a version that says more", async () => {
  const { handler, objects } = setUp();
  await handler({ ...ORDER, priority: "high" });
  expect(objects.get("b/c/g1/0")?.details).toEqual({ kind: "image", preview: "itself" });
});

test.each([
  ["LINE cannot show", async () => undefined, []],
  [
    "cannot be converted",
    async () => Promise.reject(new Error("a secret")),
    [
      [
        expect.stringContaining("shown as a file"),
        expect.objectContaining({ brand: "retail-thai", correlationId: "g1", errorName: "Error" }),
      ],
    ],
  ],
])("hosts what %s as a file", async (_, prepare, lines) => {
  const { handler, objects, logged } = setUp(prepare);
  await handler(ORDER);
  expect(objects.get("b/c/g1/0")).toEqual({
    mime: "image/webp",
    fileName: "圖.v2.webp",
    details: { kind: "file" },
    bytes: 4,
    content: Buffer.from("webp"),
  });
  expect(logged).toEqual(lines);
  expect(JSON.stringify(logged)).not.toContain("a secret");
});

test("does nothing for an order that was carried out, or whose customer was erased", async () => {
  const prepare = jest.fn();
  const { handler, objects, puts } = setUp(prepare);
  objects.delete("b/c/s1/0.1");
  await handler(ORDER);
  expect(prepare).not.toHaveBeenCalled();
  expect(puts).toEqual([]);
});

test("hosts nothing of a customer who is erased meanwhile", async () => {
  const { handler, store, puts } = setUp(async () => {
    await store.deleteAll("b/c/");
    return CONVERTED;
  });
  await handler(ORDER);
  expect(puts).toEqual([]);
});

test("leaves alone what the sender has hosted meanwhile", async () => {
  const { handler, objects, store } = setUp(async () => {
    objects.set("b/c/g1/0", { mime: "image/webp", bytes: 4, content: Buffer.from("webp") });
    return CONVERTED;
  });
  await handler(ORDER);
  expect((await store.find("b/c/g1/0"))?.mime).toBe("image/webp");
});

test("an image that is hosted is done, although what was handed over stays", async () => {
  const { handler, faults, objects, logged } = setUp();
  faults.delete = new RetryableFailure("S3 could not be used.");
  await handler(ORDER);
  expect(objects.has("b/c/g1/0")).toBe(true);
  expect(logged).toHaveLength(1);
});

test("fails when the bucket fails, so that its alarm goes off", async () => {
  const { handler, faults } = setUp();
  faults.put = new RetryableFailure("S3 could not be used.");
  await expect(handler(ORDER)).rejects.toBe(faults.put);
});

test("an order that cannot be read names the field and no value", async () => {
  const { handler } = setUp();
  const failure = handler({ ...ORDER, key: { secret: 1 } });
  await expect(failure).rejects.toThrow("The order of an image cannot be read: key: ");
  await expect(failure).rejects.not.toThrow("secret");
});
