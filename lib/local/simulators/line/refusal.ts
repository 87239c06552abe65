import type * as z from "zod";
import {
  bodyWording,
  propertyName,
  WRONG_TYPE,
} from "../../../../lambdas/shared/contract/line-rules/wording.ts";

export interface ErrorDetail {
  message: string;
  property: string;
}

/** Thrown to refuse a request; becomes LINE's error answer (reference, Error responses). */
export class LineRefusal extends Error {
  readonly status: number;
  readonly details: ErrorDetail[];

  constructor(status: number, message: string, details: ErrorDetail[] = []) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

/** LINE's words for a value of the wrong JSON type or form: no details, one property. */
export function invalidProperty(property: string): LineRefusal {
  return new LineRefusal(
    400,
    `The property, '${property}', in the request body is invalid (line: -, column: -)`,
  );
}

/** The refusal of a body with these faults. */
export function refuseBody(details: ErrorDetail[]): LineRefusal {
  const wrongType = details.find(({ message }) => message === WRONG_TYPE);
  return wrongType === undefined
    ? new LineRefusal(400, `The request body has ${details.length} error(s)`, details)
    : invalidProperty(wrongType.property);
}

/** Parses a request body. @throws {LineRefusal} 400 */
export function parseBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const parsed = schema.safeParse(body, { error: bodyWording });
  if (parsed.success) {
    return parsed.data;
  }
  throw refuseBody(
    parsed.error.issues.map(({ message, path }) => ({ message, property: propertyName(path) })),
  );
}
