import * as z from "zod";

const QUERY = /^[^=&\s/?:]+=[^=&]*(?:&[^=&\s/?:]+=[^=&]*)*$/;

/** JavaScript does not keep larger numbers exactly as they were written. */
const exactNumber = z.number().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);

const scalars = z.record(z.string(), z.union([z.string(), exactNumber, z.boolean(), z.null()]));

/**
 * The data of a postback that another system made. A query string or a flat JSON object becomes
 * `key: value, key: value`. Everything else stays as it is.
 */
export function readableData(data: string): string {
  return list(queryPairs(data) ?? jsonPairs(data) ?? []) || data;
}

function queryPairs(data: string): [string, string][] | undefined {
  if (!QUERY.test(data)) return undefined;
  const pairs = [...new URLSearchParams(data)];
  // `dGVzdA=` is base64, not a key without a value.
  return pairs.some(([, value]) => value !== "") ? pairs : undefined;
}

function jsonPairs(data: string): [string, unknown][] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return undefined;
  }
  const { data: object } = scalars.safeParse(value);
  return object && Object.entries(object);
}

function list(pairs: [string, unknown][]): string {
  return pairs.map(([key, value]) => `${key}: ${value}`).join(", ");
}
