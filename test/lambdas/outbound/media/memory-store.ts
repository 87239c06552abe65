import { Readable } from "node:stream";
import type { MediaObject, MediaStore } from "../../../../lambdas/shared/media/media-store.ts";

/** A bucket in memory; `puts` are the keys that begin so, in their order. */
export function memoryStore(noted = "") {
  const objects = new Map<string, MediaObject & { bytes: number; content: Buffer }>();
  const puts: string[] = [];
  const faults = { put: undefined as Error | undefined, delete: undefined as Error | undefined };
  const store: MediaStore = {
    async put(key, body, object) {
      if (faults.put !== undefined) throw faults.put;
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) {
        // As the real store, which counts bytes.
        if (!(chunk instanceof Uint8Array)) throw new TypeError("not bytes");
        chunks.push(chunk);
      }
      const content = Buffer.concat(chunks);
      if (key.startsWith(noted)) puts.push(key);
      objects.set(key, { ...object, bytes: content.length, content });
      return content.length;
    },
    find: async (key) => objects.get(key),
    async read(key) {
      const found = objects.get(key);
      return found && { ...found, body: Readable.from([found.content]) };
    },
    findFirst: async () => undefined,
    async deleteAll(prefix) {
      if (faults.delete !== undefined) throw faults.delete;
      for (const key of [...objects.keys()]) if (key.startsWith(prefix)) objects.delete(key);
    },
    urlOf: (key) => `https://media.example/${key}`,
  };
  return { store, objects, puts, faults };
}
