import { Readable } from "node:stream";
import { createLazyMediaStore } from "../../../../lambdas/shared/media/lazy-media-store.ts";
import type { MediaStore } from "../../../../lambdas/shared/media/media-store.ts";

function setUp() {
  const calls: unknown[][] = [];
  let opened = 0;
  const found = { mime: "image/png", bytes: 3 };
  const real: MediaStore = {
    put: async (...given) => {
      calls.push(["put", ...given]);
      return 3;
    },
    find: async (key) => {
      calls.push(["find", key]);
      return found;
    },
    read: async (key) => {
      calls.push(["read", key]);
      return undefined;
    },
    findFirst: async (prefix) => {
      calls.push(["findFirst", prefix]);
      return { ...found, key: `${prefix}0` };
    },
    deleteAll: async (prefix) => {
      calls.push(["deleteAll", prefix]);
    },
    urlOf: () => "not asked",
  };
  const store = createLazyMediaStore(async () => {
    opened += 1;
    return real;
  }, "https://media.example");
  return { store, calls, found, opened: () => opened };
}

it("knows where an object is served without being opened", () => {
  const { store, opened } = setUp();
  expect(store.urlOf("a/b")).toBe("https://media.example/a/b");
  expect(opened()).toBe(0);
});

it("is opened once, and passes all on", async () => {
  const { store, calls, found, opened } = setUp();
  const body = Readable.from([]);
  const { signal } = new AbortController();
  expect(await store.put("k", body, { mime: "image/png" }, signal)).toBe(3);
  expect(await store.find("k")).toEqual(found);
  expect(await store.read("k")).toBeUndefined();
  expect(await store.findFirst("p/")).toEqual({ ...found, key: "p/0" });
  await store.deleteAll("p/");
  expect(calls).toEqual([
    ["put", "k", body, { mime: "image/png" }, signal],
    ["find", "k"],
    ["read", "k"],
    ["findFirst", "p/"],
    ["deleteAll", "p/"],
  ]);
  expect(opened()).toBe(1);
});
