import * as z from "zod";
import { ConfigurationFailure } from "../../../lambdas/shared/failures/failures.ts";
import { SecretFault } from "../../../lambdas/shared/secrets/secret-fault.ts";
import { describeError, OperatorError } from "../../../lib/operator/errors.ts";

const named = (name: string, fields: object = {}) =>
  Object.assign(new Error("holds a secret"), { name, ...fields });

test.each([
  ["our own", new OperatorError("says what to do"), "says what to do"],
  ["the bridge's", new ConfigurationFailure("line", "LINE refuses"), "LINE refuses"],
  ["a secret's", new SecretFault("The secret a/b is incomplete"), "The secret a/b is incomplete"],
  [
    "AWS's",
    named("AccessDeniedException", { $metadata: {}, message: "may not" }),
    "AWS denies access (AccessDeniedException). Use an account and role that may read and change this stack: check with: aws sts get-caller-identity",
  ],
  [
    "AWS's about a call",
    named("ValidationError", { $metadata: {}, message: "no such thing" }),
    "AWS answered ValidationError: no such thing",
  ],
  [
    "missing AWS credentials",
    named("CredentialsProviderError"),
    "There are no AWS credentials. Sign in (aws sso login), or store access keys (aws configure); AWS_PROFILE chooses between several.",
  ],
  ["a foreign one", named("TypeError"), "TypeError"],
  ["the system's", named("Error", { code: "ECONNREFUSED" }), "Error ECONNREFUSED"],
  [
    "what is not as documented",
    z.object({ endpoint: z.string() }).safeParse({ endpoint: 7 }).error,
    "An answer is not as documented: endpoint: Invalid input: expected string, received number.",
  ],
  ["what is none", "holds a secret", "unknown error"],
])("%s error in words that can be shown", (_, error, text) => {
  expect(describeError(error)).toBe(text);
});
