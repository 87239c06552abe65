import type { RotatingSecret } from "../../../lambdas/shared/secrets/rotating-secret.ts";

/** A secret that is at hand, for code that expects one that can change. */
export function fixedSecret<Secret>(value: Secret): RotatingSecret<Secret> {
  return {
    get: async () => value,
    reload: async () => false,
    matches: async (test) => test(value),
  };
}
