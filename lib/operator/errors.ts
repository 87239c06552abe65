import * as z from "zod";
import { bodyFaults } from "../../lambdas/shared/failures/body-faults.ts";
import {
  ConfigurationFailure,
  PermanentFailure,
  Postponed,
  RetryableFailure,
} from "../../lambdas/shared/failures/failures.ts";
import { SecretFault } from "../../lambdas/shared/secrets/secret-fault.ts";
import type { Trouble } from "./trouble/describe-cause.ts";
import { troubleOf } from "./trouble/trouble.ts";

/** The command cannot do what was asked; the message says why and what to do. */
export class OperatorError extends Error {
  override name = "OperatorError";
}

/** The command line or an input is wrong; the message names it and says what is expected. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Errors whose messages are written in this project and hold nothing secret. */
const OURS = [
  OperatorError,
  UsageError,
  ConfigurationFailure,
  PermanentFailure,
  Postponed,
  RetryableFailure,
  SecretFault,
];

/** What AWS's services call it when the caller lacks a permission. */
const DENIED = /^(AccessDenied|AuthorizationError)(Exception)?$/;

/** Whether AWS refused because whoever is signed in lacks a permission. */
export function isAccessDenied(error: unknown): boolean {
  return error instanceof Error && DENIED.test(error.name);
}

/**
 * What went wrong and, where the way to somebody is the cause, what to do, in words that can be shown. For
 * errors of other libraries that is only the name, because their messages can quote what was sent. AWS's
 * messages name actions and resources, never a secret's value.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  const trouble = troubleOf(error);
  if (trouble !== undefined) return sentence(trouble);
  if (OURS.some((kind) => error instanceof kind)) return error.message;
  if (error instanceof z.ZodError) return `An answer is not as documented: ${bodyFaults(error)}.`;
  if ("$metadata" in error) return `AWS answered ${error.name}: ${error.message}`;
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return `${error.name}${code}`;
}

function sentence({ detail, fix }: Trouble): string {
  return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}. ${fix}`;
}
