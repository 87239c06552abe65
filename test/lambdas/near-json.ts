import fc from "fast-check";

const nested = (open: string, close: string, levels: number) =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

/** Texts that are seldom meant, as JSON. */
const ODD_TEXTS = [
  ...["", " ", "\0", "\ud83d", "\udc00x", "\ufffe", "\u202e", "𠮷", "e\u0301", "/".repeat(300)],
  ...["x", "ก", "👨‍👩‍👧‍👦 "].map((text) => text.repeat(6_000)),
].map((text) => JSON.stringify(text));

/** Other JSON that is seldom meant; JSON.stringify could not write all of it. */
const ODD_VALUES = [
  ...["null", "true", "[]", "{}", "[[]]", "[null]", "[{}]", `[${"[],".repeat(500)}[]]`],
  ...["0", "-0", "-1", "1.5", "1e20", "1e999", "-1e300", "8.64e15", "8640000000000001"],
  "9".repeat(40),
  ...[50, 1_000, 5_000].flatMap((levels) => [
    nested("[", "]", levels),
    nested('{"a":', "}", levels),
  ]),
  '{"__proto__":{"type":"text","text":"x","id":"1"},"constructor":{"prototype":{"type":"text"}}}',
  '{"toString":1,"valueOf":null,"toJSON":"x","then":{}}',
];

/** Names that have a meaning in JavaScript. */
const ODD_NAMES = ["__proto__", "constructor", "toString", "toJSON", "length", "", "\ud800"];

const change = fc.record({
  how: fc.constantFrom("replace", "replace", "replace", "remove", "add", "double"),
  /** Counts the values of the example. */
  place: fc.nat(),
  name: fc.constantFrom(...ODD_NAMES),
  json: fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.constantFrom(...ODD_VALUES), fc.json()),
});

/** JSON texts a few changes away from the examples: values swapped, taken out, put in or doubled anywhere. */
export function nearJson(examples: readonly object[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...examples), fc.array(change, { maxLength: 3 }))
    .map(([example, changes]) => {
      const root: Parent = { whole: structuredClone(example) };
      for (const [index, { how, place, name }] of changes.entries()) {
        const slots = slotsOf(root);
        const slot = slots[place % slots.length] ?? { parent: root, key: "whole" };
        const value = slot.parent[slot.key];
        if (how === "remove") delete slot.parent[slot.key];
        else if (how === "double") slot.parent[slot.key] = [value, value];
        else if (how === "add" && isParent(value) && !Array.isArray(value))
          define(value, name, stand(index));
        else slot.parent[slot.key] = stand(index);
      }
      return changes.reduce(
        (text, { json }, index) => text.replaceAll(JSON.stringify(stand(index)), () => json),
        JSON.stringify(root.whole) ?? "",
      );
    });
}

type Parent = Record<string, unknown>;

function slotsOf(parent: Parent): { parent: Parent; key: string }[] {
  return Object.entries(parent).flatMap(([key, value]) => [
    { parent, key },
    ...(isParent(value) ? slotsOf(value) : []),
  ]);
}

function isParent(value: unknown): value is Parent {
  return typeof value === "object" && value !== null;
}

/** Also `__proto__` becomes a property like any other, as JSON.parse makes it. */
function define(parent: Parent, name: string, value: unknown): void {
  Object.defineProperty(parent, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** Stands where the text of a change belongs. */
function stand(index: number): string {
  return `change ${index}`;
}
