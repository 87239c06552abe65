import { RetryableFailure } from "../failures/failures.ts";

/** The LINE SDK has no time limit: a call that takes longer fails here, while its request may still reach LINE. */
export async function withTimeout<T>(ms: number, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RetryableFailure(`LINE did not answer within ${ms} ms.`)),
      ms,
    );
  });
  try {
    return await Promise.race([call, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
