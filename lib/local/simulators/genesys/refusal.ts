import type * as z from "zod";

export interface GenesysDetail {
  errorCode: string;
  fieldName: string;
}

const BAD_REQUEST = "The request could not be understood by the server due to malformed syntax.";
const INVALID_DATE =
  "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ";

/** Thrown to refuse a request; becomes the Platform API's `ErrorBody`. */
export class GenesysRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: GenesysDetail[];
  /** Properties of `ErrorBody` that only some errors have, such as `limit`. */
  readonly extra: object;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { details?: GenesysDetail[]; extra?: object; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = more.details ?? [];
    this.extra = more.extra ?? {};
    this.headers = more.headers ?? {};
  }
}

/** The Platform API's `ErrorBody`. */
export function errorBody(
  status: number,
  error: { code: string; message: string; details?: GenesysDetail[] },
  contextId: string = crypto.randomUUID(),
) {
  const { code, message, details = [] } = error;
  return { message, code, status, contextId, details, errors: [] };
}

export function notFound(): GenesysRefusal {
  return new GenesysRefusal(404, "not.found", "The requested resource was not found.");
}

export function badRequest(details: GenesysDetail[] = []): GenesysRefusal {
  return new GenesysRefusal(400, "bad.request", BAD_REQUEST, { details });
}

/** Parses a request body; unknown properties are ignored. @throws {GenesysRefusal} 400 */
export function parseGenesysBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) {
    return parsed.data;
  }
  const details = parsed.error.issues.map((issue) => ({
    errorCode: errorCode(issue),
    fieldName: issue.path.join("."),
  }));
  const [first] = parsed.error.issues;
  switch (details[0]?.errorCode) {
    case "invalid.date":
      throw new GenesysRefusal(400, "invalid.date", INVALID_DATE, { details });
    case "invalid.value":
      throw new GenesysRefusal(400, "invalid.value", invalidValue(first), { details });
    default:
      throw badRequest(details);
  }
}

function errorCode(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value" && issue.input !== undefined) {
    return "invalid.value";
  }
  return issue.path.at(-1) === "time" && issue.input !== undefined ? "invalid.date" : "bad.request";
}

function invalidValue(issue: z.core.$ZodIssue | undefined): string {
  const allowed = issue?.code === "invalid_value" ? issue.values.join(", ") : "";
  const field = String(issue?.path.at(-1) ?? "");
  return `Value [${issue?.input}] is not valid for field type [${field}]. Allowable values are: ${allowed}`;
}
