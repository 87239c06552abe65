const requestHandler = {
  connectionTimeout: 500,
  // Without this the SDK only warns when a request takes longer than `requestTimeout`.
  throwOnRequestTimeout: true,
  requestTimeout: 1_000,
  // An answer that stalls in its body.
  socketTimeout: 1_000,
};

/** Settings of the AWS clients: a call that hangs fails after a second, and is tried once more. */
export const AWS_CLIENT = { maxAttempts: 2, requestHandler };

/** For secrets: a webhook waits 1.2 s for one at a cold start, which leaves room for a second try. */
export const SECRETS_CLIENT = {
  maxAttempts: 2,
  requestHandler: { ...requestHandler, requestTimeout: 600, socketTimeout: 600 },
};

/** For S3: a part of a large object takes longer than an answer. */
export const MEDIA_CLIENT = {
  maxAttempts: 2,
  requestHandler: { ...requestHandler, requestTimeout: 5_000, socketTimeout: 5_000 },
};

/**
 * For enqueuing within the 2 s that LINE gives a webhook: `createSendFifo` does the trying again. Without the MD5 of each
 * message: SQS takes only a request whose signature has the SHA-256 of its body.
 */
export const ENQUEUE_CLIENT = {
  maxAttempts: 1,
  md5: false as const,
  requestHandler: { ...requestHandler, requestTimeout: 700, socketTimeout: 700 },
};
