/** The clock that a command uses; tests have a faster one. */
export interface Clock {
  /** In ms. */
  now(): number;
  sleep(ms: number): Promise<void>;
}
