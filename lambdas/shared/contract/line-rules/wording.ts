import type * as z from "zod";

/** Marks issues of the wrong JSON type: LINE has other words for those. */
export const WRONG_TYPE = "wrong type";

/** LINE's words for faults that it finds while it reads the body. Use as zod's `error`. */
export function bodyWording(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "May not be empty" : WRONG_TYPE;
    case "too_small":
      return issue.origin === "string" ? "May not be empty" : outOfRange(issue.origin);
    case "too_big":
      return issue.origin === "string"
        ? `Length must be between 0 and ${issue.maximum}`
        : outOfRange(issue.origin, issue.maximum);
    case "invalid_value":
    case "invalid_union":
      return issue.input === undefined ? "must be specified" : "invalid value";
    default:
      return undefined;
  }
}

function outOfRange(origin: string, maximum?: number | bigint): string {
  if (origin !== "array") {
    return "out of range";
  }
  return maximum === undefined ? "May not be empty" : `Size must be between 1 and ${maximum}`;
}

/** LINE's words for faults inside a template, which it finds only when the rest of the body is valid. */
export function templateWording(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "must be specified" : "invalid property";
    case "too_small":
      return issue.origin === "array"
        ? `must not be less than ${issue.minimum} items`
        : "must not be empty";
    case "too_big":
      return issue.origin === "array"
        ? `must not be more than ${issue.maximum} items`
        : `must not be longer than ${issue.maximum} characters`;
    default:
      return "invalid property";
  }
}

/** `messages[0].quickReply.items[1].action.text`, as LINE names a property of the body. */
export function propertyName(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${String(part)}`,
    )
    .join("");
}
