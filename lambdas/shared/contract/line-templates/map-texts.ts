/** Gets each text of a value at any depth, with the path to it and the object that holds it. */
export type ChangeText = (text: string, path: readonly PropertyKey[], holder: object) => string;

/** The value with other texts. Nothing else changes: no key, no number, no order. */
export function mapTexts(value: unknown, change: ChangeText): unknown {
  return mapped(value, [], {}, change);
}

function mapped(
  value: unknown,
  path: readonly PropertyKey[],
  holder: object,
  change: ChangeText,
): unknown {
  if (typeof value === "string") return change(value, path, holder);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((inner, index) => mapped(inner, [...path, index], value, change));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      mapped(inner, [...path, key], value, change),
    ]),
  );
}
