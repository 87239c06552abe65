/** A function that is made at its first call, so that a start does not load what few messages need. */
export function lazily<Arguments extends unknown[], Result>(
  make: () => Promise<(...args: Arguments) => Promise<Result>>,
): (...args: Arguments) => Promise<Result> {
  let made: ReturnType<typeof make> | undefined;
  return async (...args) => {
    made ??= make();
    return (await made)(...args);
  };
}
