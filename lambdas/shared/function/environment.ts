import * as z from "zod/mini";
import { ENV } from "../contract/environment-variables.ts";
import { LANGUAGES } from "../contract/languages.ts";
import "../failures/fault-texts.ts";

const url = z.url();
const text = z.string().check(z.minLength(1));
const positiveNumber = z.coerce.number().check(z.positive());

/** The platforms' addresses: where a consumer calls, or what it may download from although it is not public. */
export const platformVariables = {
  [ENV.lineApiUrl]: url,
  [ENV.lineDataApiUrl]: url,
  [ENV.genesysApiUrl]: url,
  [ENV.genesysLoginUrl]: url,
  [ENV.genesysDownloadsUrl]: url,
};

/** Schemas of the variables that the functions read; each function's env.ts picks its own by name. */
export const variables = {
  ...platformVariables,
  [ENV.market]: text,
  [ENV.brands]: z.pipe(
    text,
    z.transform((keys) => keys.split(",")),
  ),
  [ENV.queueUrlPrefix]: url.check(z.endsWith("/")),
  [ENV.inboundDeadLetterQueueUrl]: url,
  [ENV.outboundDeadLetterQueueUrl]: url,
  [ENV.tableName]: text,
  [ENV.patienceHours]: positiveNumber,
  [ENV.requestsPerMinute]: positiveNumber,
  [ENV.mediaBucket]: text,
  [ENV.mediaUrl]: url,
  [ENV.imagesFunctionName]: text,
  [ENV.attachmentMegabytes]: positiveNumber,
  [ENV.timeZone]: text,
  [ENV.language]: z.enum(LANGUAGES),
};

/** The function's environment is not usable; the message lists every faulty variable. */
class EnvironmentFault extends Error {
  override name = "EnvironmentFault";
}

/** Reads a function's environment. Throws EnvironmentFault, so that the function stops at start. */
export function readEnvironment<Shape extends z.core.$ZodShape>(
  shape: Shape,
  environment: Record<string, string | undefined>,
): z.infer<z.ZodMiniObject<Shape>> {
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
