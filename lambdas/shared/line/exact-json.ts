/** JSON.parse with source text access and JSON.rawJSON (ECMAScript 2026): Node 22 has both, the type library does not yet. */
interface ExactJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
}

const exact: ExactJson = JSON as unknown as ExactJson;

/**
 * Parses JSON so that JSON.stringify writes the numbers of the named properties back exactly as
 * they were sent: `35.10` stays `35.10`. Throws SyntaxError.
 */
export function parseExact(text: string, properties: ReadonlySet<string>): unknown {
  return exact.parse(text, (key, value, { source }) =>
    typeof value === "number" && source !== undefined && properties.has(key)
      ? exact.rawJSON(source)
      : value,
  );
}

/** Parses JSON with the numbers of the named properties kept as their source text. Throws SyntaxError. */
export function parseWithNumbersAsText(text: string, properties: ReadonlySet<string>): unknown {
  return exact.parse(text, (key, value, { source }) =>
    typeof value === "number" && source !== undefined && properties.has(key) ? source : value,
  );
}
