import { visit } from "jsonc-parser";

/**
 * Finds keys that stand twice in one object of a JSON text and returns one sentence for each.
 * JSON.parse would silently keep the last of them.
 */
export function repeatedKeys(text: string): string[] {
  const faults: string[] = [];
  const objects: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => {
      objects.push(new Set());
    },
    onObjectEnd: () => {
      objects.pop();
    },
    onObjectProperty: (key, _offset, _length, _line, _character, path) => {
      const keys = objects.at(-1);
      if (keys?.has(key)) {
        faults.push(
          `${[...path(), key].join(".")}: the key "${key}" stands twice; each key must be unique`,
        );
      }
      keys?.add(key);
    },
  });
  return faults;
}
