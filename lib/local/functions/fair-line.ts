/** What waits, for several callers that are served in turn: whoever asks often does not hold the others up. */
export interface FairLine<Item> {
  add(caller: string, item: Item): void;
  /** Takes out the next caller's first item; undefined when nothing waits. */
  next(): Item | undefined;
  /** How many wait. */
  size(): number;
}

export function createFairLine<Item>(): FairLine<Item> {
  /** The caller whose turn is next comes first; none has an empty line. */
  const lines = new Map<string, Item[]>();
  return {
    add(caller, item) {
      const line = lines.get(caller);
      if (line === undefined) lines.set(caller, [item]);
      else line.push(item);
    },
    next() {
      for (const [caller, line] of lines) {
        lines.delete(caller);
        const item = line.shift();
        if (line.length > 0) lines.set(caller, line);
        return item;
      }
      return undefined;
    },
    size: () => [...lines.values()].reduce((sum, line) => sum + line.length, 0),
  };
}
