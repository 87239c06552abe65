import { createQueueWatch } from "../../../../lib/local/console/queue-watch.ts";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A watch of a number that stands for the queues; 0 means that they are empty, and below that they cannot be read. */
function setUp() {
  const told: number[] = [];
  const seen = { queued: 0, reads: 0, isWatched: true };
  const watch = createQueueWatch({
    read: async () => {
      seen.reads += 1;
      if (seen.queued < 0) throw new Error("SQS is away");
      return seen.queued;
    },
    goesOn: (state) => state > 0,
    isWatched: () => seen.isWatched,
    tell: (state) => told.push(state),
  });
  return { told, seen, watch };
}

it("reads once for what happens together, and tells what is new", async () => {
  const { told, seen, watch } = setUp();
  watch.look();
  watch.look();
  await jest.advanceTimersByTimeAsync(500);
  expect([seen.reads, told, watch.last()]).toEqual([1, [0], 0]);
  watch.look();
  await jest.advanceTimersByTimeAsync(500);
  expect([seen.reads, told]).toEqual([2, [0]]);
});

it("looks every second while something is in a queue, and not after that", async () => {
  const { told, seen, watch } = setUp();
  seen.queued = 2;
  watch.look();
  await jest.advanceTimersByTimeAsync(3_500);
  expect([seen.reads, told]).toEqual([4, [2]]);
  seen.queued = 0;
  await jest.advanceTimersByTimeAsync(10_000);
  expect([seen.reads, told]).toEqual([5, [2, 0]]);
});

it("does nothing while nobody watches", async () => {
  const { seen, watch } = setUp();
  seen.queued = 1;
  watch.look();
  await jest.advanceTimersByTimeAsync(500);
  seen.isWatched = false;
  await jest.advanceTimersByTimeAsync(10_000);
  // The look that had been planned is the last one.
  expect(seen.reads).toBe(2);
  watch.look();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(seen.reads).toBe(2);
});

it("goes on after SQS could not be asked, and stops when it is closed", async () => {
  const { told, seen, watch } = setUp();
  seen.queued = -1;
  watch.look();
  await jest.advanceTimersByTimeAsync(500);
  expect(told).toEqual([]);
  seen.queued = 3;
  watch.look();
  await jest.advanceTimersByTimeAsync(500);
  expect(told).toEqual([3]);
  watch.close();
  watch.look();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(seen.reads).toBe(2);
});
