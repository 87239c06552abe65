import { readEnvironment, variables } from "../../shared/function/environment.ts";

const { MARKET, MEDIA_BUCKET, MEDIA_URL } = variables;

/** What the function that converts images reads from its environment. */
export function readImagesEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment({ MARKET, MEDIA_BUCKET, MEDIA_URL }, environment);
}
