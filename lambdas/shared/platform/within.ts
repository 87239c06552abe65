/**
 * Waits up to `ms` for `work`, then throws `late`. The work itself goes on: nothing here can stop a
 * request that has left.
 */
export async function within<T>(ms: number, work: Promise<T>, late: Error): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
