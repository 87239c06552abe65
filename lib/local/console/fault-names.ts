/** The faults that a person can switch on. */
export const FAULTS = [
  "line-503",
  "genesys-503",
  "genesys-429",
  "genesys-slow",
  "worker-killed",
] as const;
export type Fault = (typeof FAULTS)[number];
