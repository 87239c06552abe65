import type * as z from "zod";
import { bodyFaults } from "../../../lambdas/shared/failures/body-faults.ts";
import { OperatorError } from "../errors.ts";

/** Parses a platform's answer. Throws OperatorError, which names the fields that are not as documented. */
export function parseAnswer<Schema extends z.ZodType>(
  platform: "LINE" | "Genesys Cloud",
  schema: Schema,
  answer: unknown,
): z.output<Schema> {
  const { success, data, error } = schema.safeParse(answer);
  if (success) return data;
  throw new OperatorError(
    `${platform} has not answered as documented (${bodyFaults(error)}): check the proxies between this machine and ${platform}.`,
  );
}
