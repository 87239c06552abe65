/** Looks that follow each other within this time are one, in milliseconds. */
const TOGETHER_MS = 100;
/** How often it looks by itself while something is in a queue, in milliseconds. */
const AGAIN_MS = 1_000;

/** Watches the queues as long as somebody wants to know. */
export interface QueueWatch<State> {
  /** Something has happened: looks soon, if anybody watches. */
  look(): void;
  /** What was told last; undefined before the first time. */
  last(): State | undefined;
  close(): void;
}

/**
 * Reads the queues when something has happened, and every second while `goesOn` says that their state can change by
 * itself. Tells a state when it is another one than before. A queue that cannot be read is read again at the next look.
 */
export function createQueueWatch<State>(options: {
  read: () => Promise<State>;
  goesOn: (state: State) => boolean;
  isWatched: () => boolean;
  tell: (state: State) => void;
}): QueueWatch<State> {
  const { read, goesOn, isWatched, tell } = options;
  let last: State | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isReading = false;
  let isAskedAgain = false;
  let isClosed = false;

  const lookIn = (milliseconds: number) => {
    clearTimeout(timer);
    timer = isClosed ? undefined : setTimeout(() => void lookNow(), milliseconds);
  };

  const lookNow = async (): Promise<void> => {
    timer = undefined;
    isReading = true;
    isAskedAgain = false;
    const state = await read().catch(() => undefined);
    isReading = false;
    if (isClosed || state === undefined) return;
    if (JSON.stringify(state) !== JSON.stringify(last)) tell(state);
    last = state;
    if (isAskedAgain) lookIn(TOGETHER_MS);
    else if (goesOn(state) && isWatched()) lookIn(AGAIN_MS);
  };

  return {
    look() {
      if (!isWatched()) return;
      isAskedAgain = isReading;
      if (!isReading) lookIn(TOGETHER_MS);
    },
    last: () => last,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
