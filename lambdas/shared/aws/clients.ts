/**
 * Settings of every AWS client. The SDK has no time limit of its own; LINE gives a webhook 2 s, so
 * a call that hangs must fail while there is time for another try.
 */
export const AWS_CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_000 },
};

/** The real clock, for code that takes time as a capability. */
export const clock = {
  now: () => Date.now(),
  sleep: (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms)),
};
