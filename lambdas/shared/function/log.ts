import type { Logger } from "@aws-lambda-powertools/logger";

/** Structured log. Fields never hold text, names, tokens, secrets or raw user ids. */
export type Log = Pick<Logger, "info" | "warn" | "error">;
