import type * as z from "zod";
import { AWS_REGIONS } from "./aws-regions.ts";
import { didYouMean } from "./did-you-mean.ts";

/** Longest excerpt of a wrong value in a message. */
const MAX_EXCERPT = 100;

/**
 * Says for a person what is wrong with a `markets` entry: the path, the value and what is allowed.
 * `input` is the whole `markets` object that the issue was found in.
 */
export function describeIssue(issue: z.core.$ZodIssue, input: unknown): string[] {
  const path = ["markets", ...issue.path.map(printable)].join(".");
  switch (issue.code) {
    case "unrecognized_keys": {
      const told = issue.message.split("\n");
      return issue.keys.map((key, index) => `${path}.${key}: unknown field; ${told[index]}`);
    }
    case "invalid_key":
      return issue.issues.map(
        ({ message }) =>
          `${path}: the key "${printable(issue.path.at(-1))}" is not allowed; ${message}`,
      );
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const value = valueAt(input, issue.path);
      // Genesys Cloud is not in all regions of AWS: one of those is no misspelling.
      const isWord = typeof value === "string" && !AWS_REGIONS.includes(value);
      const meant = isWord ? didYouMean(value, allowed) : "";
      return [`${path}: ${found(issue, input)}; ${meant}allowed: ${allowed.join(", ")}`];
    }
    default:
      return [`${path}: ${found(issue, input)}; ${issue.message}`];
  }
}

function found(issue: z.core.$ZodIssue, input: unknown): string {
  const value = valueAt(input, issue.path);
  if (value === undefined) return "is missing";
  const text = JSON.stringify(value);
  const excerpt = text.length <= MAX_EXCERPT ? text : `${text.slice(0, MAX_EXCERPT)}…`;
  return `${excerpt} is not allowed`;
}

/** A key as JSON writes it between its quotes: with escapes for what a terminal does not show. */
function printable(key: PropertyKey | undefined): string {
  return JSON.stringify(String(key)).slice(1, -1);
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    input,
  );
}
