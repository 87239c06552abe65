/** The right to work on one batch of a queue, or to look for one. */
export interface Slot {
  /** Other queues of the function may be waiting for it. */
  isShared: boolean;
  release(): void;
}

/** Gives a queue its slots; one call at a time. */
export type TakeSlot = () => Promise<Slot>;

/**
 * The slots of one function, which several queues feed. Each queue has a slot of its own, so that no queue
 * waits because others are busy. What it needs beyond that it takes of `shared` slots; when these are all
 * taken, the queues get the next ones in turn.
 */
export function createBatchSlots(shared: number): { ofQueue(most: number): TakeSlot } {
  let free = shared;
  const line = new Set<() => void>();

  return {
    /** `most`: batches of this queue at a time. */
    ofQueue(most) {
      let isOwnFree = true;
      let sharedTaken = 0;
      let resolve: ((slot: Slot) => void) | undefined;

      const offer = (): void => {
        const slot = resolve && nextSlot();
        if (slot === undefined) return;
        line.delete(offer);
        resolve?.(slot);
        resolve = undefined;
      };
      const nextSlot = (): Slot | undefined => {
        if (isOwnFree) {
          isOwnFree = false;
          return own();
        }
        if (free === 0 || sharedTaken + 1 >= most) return undefined;
        free -= 1;
        sharedTaken += 1;
        return ofShared();
      };
      const own = (): Slot => ({
        isShared: false,
        release() {
          isOwnFree = true;
          offer();
        },
      });
      const ofShared = (): Slot => ({
        isShared: true,
        release() {
          free += 1;
          sharedTaken -= 1;
          // A queue that is served goes to the end of the line.
          for (const next of [...line]) next();
        },
      });

      return () =>
        new Promise((resolved) => {
          resolve = resolved;
          line.add(offer);
          offer();
        });
    },
  };
}
