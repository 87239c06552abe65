import * as z from "zod";
import { bodyFaults } from "../../lambdas/shared/failures/body-faults.ts";
import {
  ConfigurationFailure,
  PermanentFailure,
  Postponed,
  RetryableFailure,
} from "../../lambdas/shared/failures/failures.ts";
import { SecretFault } from "../../lambdas/shared/secrets/secret-fault.ts";

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

export const SIGN_IN = "sign in (aws sso login, for example) or set AWS_PROFILE.";

/** Whether AWS could not be called because this machine is not signed in. */
export function isWithoutCredentials(error: unknown): boolean {
  return error instanceof Error && error.name === "CredentialsProviderError";
}

/** What AWS's services call it when the caller lacks a permission. */
const DENIED = /^(AccessDenied|AuthorizationError)(Exception)?$/;

/** Whether AWS refused because whoever is signed in lacks a permission. */
export function isAccessDenied(error: unknown): boolean {
  return error instanceof Error && DENIED.test(error.name);
}

/**
 * What went wrong, in words that can be shown. For errors of other libraries that is only the name,
 * because their messages can quote what was sent. AWS's messages name actions and resources, never a
 * secret's value.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  if (OURS.some((kind) => error instanceof kind)) return error.message;
  if (isWithoutCredentials(error)) return `There are no AWS credentials: ${SIGN_IN}`;
  if (error instanceof z.ZodError) return `An answer is not as documented: ${bodyFaults(error)}.`;
  if ("$metadata" in error) return `AWS answered ${error.name}: ${error.message}`;
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return `${error.name}${code}`;
}
