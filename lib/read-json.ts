import { type ParseError, parse } from "jsonc-parser";
import { jsonFault } from "./json-fault.ts";
import { repeatedKeys } from "./repeated-keys.ts";

/**
 * Parses JSON, or says where it is faulty. Unlike JSON.parse it refuses a key that stands twice in one object, the
 * first of which would be dropped silently.
 */
export function readJson(text: string): { value: unknown } | { faults: string[] } {
  const faults = repeatedKeys(text);
  const syntax: ParseError[] = [];
  const value: unknown = parse(text, syntax, { disallowComments: true });
  // What follows the first error follows from it.
  const [first] = syntax;
  if (first !== undefined) faults.push(jsonFault(text, first));
  return faults.length > 0 ? { faults } : { value };
}
