import type { Samples } from "./samples.ts";

/** The samples without the canned responses that would send a template which not every brand of the run has. */
export function offeredSamples(samples: Samples, templates: ReadonlySet<string>): Samples {
  const cannedResponses = samples.cannedResponses.filter(
    ({ template }) => template === undefined || templates.has(template),
  );
  return { ...samples, cannedResponses };
}
