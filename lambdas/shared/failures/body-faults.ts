import type * as z from "zod/mini";
import "./fault-texts.ts";

/** One line that names each faulty field of what stands at `path` of a body, and what is wrong; never a value. */
export function bodyFaults(error: z.core.$ZodError, path: PropertyKey[] = []): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${fieldName([...path, ...issue.path])}: ${issue.message}`)
    .join("; ");
}

function fieldName(path: PropertyKey[]): string {
  return (
    path.reduce<string>((name, key) => {
      if (typeof key === "number") return `${name}[${key}]`;
      return name === "" ? String(key) : `${name}.${String(key)}`;
    }, "") || "body"
  );
}
