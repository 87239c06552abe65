import { METRICS } from "../contract/metric-names.ts";
import { ConfigurationFailure } from "../failures/failures.ts";
import { SecretFault } from "../secrets/secret-fault.ts";
import type { Count } from "./counter.ts";

const ACCESS_REFUSED = {
  genesys: METRICS.genesysAccessRefused,
  line: METRICS.lineAccessRefused,
} as const;

/** Counts what waiting does not fix: a secret that cannot be used, access that a platform refuses. */
export function countFault(error: unknown, count: Count): void {
  if (error instanceof SecretFault) count(METRICS.secretFault);
  if (error instanceof ConfigurationFailure) count(ACCESS_REFUSED[error.platform]);
}
