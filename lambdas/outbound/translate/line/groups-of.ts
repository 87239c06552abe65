const utf8 = new TextEncoder();

/**
 * Splits items, in order, into groups of at most `count`, and of at most `bytes` as a JSON array. A larger item gets
 * a group of its own.
 */
export function groupsOf<Item>(
  items: readonly Item[],
  count: number,
  bytes = Number.POSITIVE_INFINITY,
): Item[][] {
  const groups: Item[][] = [];
  let size = 0;
  for (const item of items) {
    const itemSize = utf8.encode(JSON.stringify(item)).length + ",".length;
    const group = groups.at(-1);
    if (group !== undefined && group.length < count && size + itemSize <= bytes) {
      group.push(item);
      size += itemSize;
    } else {
      groups.push([item]);
      size = itemSize;
    }
  }
  return groups;
}
