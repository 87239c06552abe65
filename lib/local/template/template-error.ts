import type * as z from "zod";

/** The template asks for something that the local run cannot do; the message begins with the logical id. */
export class TemplateError extends Error {
  override name = "TemplateError";
  constructor(logicalId: string, fault: string) {
    super(`${logicalId}: ${fault}`);
  }
}

/** Parses a part of the template. Throws TemplateError with every fault in it. */
export function parsePart<Schema extends z.ZodType>(
  logicalId: string,
  schema: Schema,
  value: unknown,
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => {
    const path = issue.path.map(String).join(".");
    return path === "" ? issue.message : `${path}: ${issue.message}`;
  });
  throw new TemplateError(logicalId, faults.join("; "));
}

/** Throws TemplateError when there is no value. */
export function found<Value>(value: Value | undefined, logicalId: string, fault: string): Value {
  if (value === undefined) throw new TemplateError(logicalId, fault);
  return value;
}
