import type { ReloadableSecret } from "../../../lambdas/shared/secrets/rotating-secret.ts";

/** A secret that is at hand, for code that expects one that can change. */
export function fixedSecret<Secret>(value: Secret): ReloadableSecret<Secret> {
  return {
    get: async () => value,
    reload: async () => false,
  };
}
