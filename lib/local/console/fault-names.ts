/** The faults that a person can switch on. */
export const FAULTS = [
  "line-503",
  "line-quota",
  "line-duplicate",
  "line-late",
  "line-signature",
  "genesys-503",
  "genesys-429",
  "genesys-slow",
  "worker-killed",
  "worker-stopped",
] as const;
export type Fault = (typeof FAULTS)[number];
