import type * as z from "zod";

/** One line that names each faulty field of a body and what is wrong; never a value. */
export function bodyFaults(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${fieldName(issue.path)}: ${issue.message}`)
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
