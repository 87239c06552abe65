import * as z from "zod";
import { brandSettingsSchema } from "../contract/brand-settings.ts";
import { ENV } from "../contract/environment-variables.ts";
import { LANGUAGES } from "../contract/languages.ts";

const brands = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "is not valid JSON" });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), brandSettingsSchema));

/** The platforms' addresses: where a consumer calls, or what it may download from although it is not public. */
export const platformVariables = {
  [ENV.lineApiUrl]: z.url(),
  [ENV.lineDataApiUrl]: z.url(),
  [ENV.genesysApiUrl]: z.url(),
  [ENV.genesysLoginUrl]: z.url(),
  [ENV.genesysDownloadsUrl]: z.url(),
};

/** Schemas of the variables that several functions read. */
export const variables = {
  [ENV.market]: z.string().min(1),
  [ENV.brands]: brands,
  [ENV.inboundQueueUrl]: z.url(),
  [ENV.inboundDeadLetterQueueUrl]: z.url(),
  [ENV.outboundQueueUrl]: z.url(),
  [ENV.outboundDeadLetterQueueUrl]: z.url(),
  [ENV.tableName]: z.string().min(1),
  [ENV.patienceHours]: z.coerce.number().positive(),
  [ENV.requestsPerMinute]: z.coerce.number().positive(),
  [ENV.mediaBucket]: z.string().min(1),
  [ENV.mediaUrl]: z.url(),
  [ENV.attachmentMegabytes]: z.coerce.number().positive(),
  [ENV.timeZone]: z.string().min(1),
  [ENV.language]: z.enum(LANGUAGES),
};

/** The function's environment is not usable; the message lists every faulty variable. */
class EnvironmentFault extends Error {
  override name = "EnvironmentFault";
}

/** Reads a function's environment. Throws EnvironmentFault, so that the function stops at start. */
export function readEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: Record<string, string | undefined>,
): z.infer<z.ZodObject<Shape>> {
  const result = z.object(shape).safeParse(environment);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const problem = environment[name] === undefined ? "is missing" : issue.message;
    return `${issue.path.join(".")}: ${problem}`;
  });
  throw new EnvironmentFault(
    `The environment has ${faults.length} fault(s); deploy the stack again: ${faults.join("; ")}`,
  );
}
