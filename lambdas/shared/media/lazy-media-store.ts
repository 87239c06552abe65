import { lazily } from "../function/lazily.ts";
import type { MediaStore } from "./media-store.ts";

/** A store that is opened at its first use; `url` is where the bucket is served, without a slash at the end. */
export function createLazyMediaStore(open: () => Promise<MediaStore>, url: string): MediaStore {
  let opened: Promise<MediaStore> | undefined;
  const store = () => {
    opened ??= open();
    return opened;
  };
  return {
    put: lazily(async () => (await store()).put),
    find: lazily(async () => (await store()).find),
    read: lazily(async () => (await store()).read),
    findFirst: lazily(async () => (await store()).findFirst),
    deleteAll: lazily(async () => (await store()).deleteAll),
    urlOf: (key) => `${url}/${key}`,
  };
}
