/** Nothing new has come for so long: what works side by side has reached its next call. */
const QUIET_MS = 15;

/**
 * Ends what is done at the same time together, when nothing new has begun for a while. Who works side by side then
 * makes its calls side by side, however fast or slow the machine is: what a lease of turns is shared by does not
 * depend on it.
 */
export function inRounds() {
  let working = 0;
  let begun = 0;
  let finished: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;

  function endRoundWhenQuiet(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const before = begun;
      // After a pause of the process its timers run before what has arrived meanwhile.
      setImmediate(() =>
        setImmediate(() => {
          if (working > 0 || begun > before) return endRoundWhenQuiet();
          const round = finished;
          finished = [];
          for (const end of round) end();
        }),
      );
    }, QUIET_MS);
  }

  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    begun += 1;
    working += 1;
    try {
      return await work();
    } finally {
      working -= 1;
      await new Promise<void>((resolve) => {
        finished.push(resolve);
        endRoundWhenQuiet();
      });
    }
  };
}
