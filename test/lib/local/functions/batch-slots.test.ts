import { setImmediate as turn } from "node:timers/promises";
import {
  createBatchSlots,
  type Slot,
  type TakeSlot,
} from "../../../../lib/local/functions/batch-slots.ts";

/** A queue that takes slots, and which it has. */
function queue(takeSlot: TakeSlot) {
  const slots: Slot[] = [];
  let waits = false;
  return {
    slots,
    isWaiting: () => waits,
    async ask() {
      waits = true;
      void takeSlot().then((slot) => {
        waits = false;
        slots.push(slot);
      });
      await turn();
    },
    /** Gives the slot back that it has had for longest. */
    async finish(index = 0) {
      slots.splice(index, 1)[0]?.release();
      await turn();
    },
  };
}

test("each queue has a slot of its own, however busy the others are", async () => {
  const slots = createBatchSlots(2);
  const [busy, idle] = [queue(slots.ofQueue(10)), queue(slots.ofQueue(10))];
  for (let i = 0; i < 4; i += 1) await busy.ask();
  expect(busy.slots.map(({ isShared }) => isShared)).toEqual([false, true, true]);
  expect(busy.isWaiting()).toBe(true);
  await idle.ask();
  expect(idle.slots.map(({ isShared }) => isShared)).toEqual([false]);
});

test("a queue has no more slots than its event source may use", async () => {
  const takeSlot = createBatchSlots(9).ofQueue(2);
  const one = queue(takeSlot);
  for (let i = 0; i < 3; i += 1) await one.ask();
  expect(one.slots).toHaveLength(2);
  await one.finish(1);
  expect(one.slots.map(({ isShared }) => isShared)).toEqual([false, true]);
  expect(one.isWaiting()).toBe(false);
});

test("when the shared slots are all taken, the queues get the next ones in turn", async () => {
  const slots = createBatchSlots(1);
  const names = ["a", "b", "c"] as const;
  const [a, b, c] = names.map(() => queue(slots.ofQueue(10)));
  if (!a || !b || !c) throw new Error("three");
  const queues = { a, b, c };
  for (const each of [a, b, c]) await each.ask();
  await a.ask();
  // From now on all want more, a first.
  for (const each of [a, b, c]) await each.ask();
  const served: string[] = ["a"];
  let last: keyof typeof queues = "a";
  for (let i = 0; i < 5; i += 1) {
    await queues[last].finish(1);
    last = names.find((name) => !queues[name].isWaiting()) ?? "a";
    served.push(last);
    await queues[last].ask();
  }
  expect(served).toEqual(["a", "a", "b", "c", "a", "b"]);
});

test("a queue whose own slot is free again takes that, and leaves the line", async () => {
  const slots = createBatchSlots(1);
  const [a, b, c] = [1, 2, 3].map(() => queue(slots.ofQueue(10)));
  if (!a || !b || !c) throw new Error("three");
  for (const each of [a, b, c]) await each.ask();
  await a.ask();
  for (const each of [b, c]) await each.ask();
  await b.finish();
  expect(b.slots.map(({ isShared }) => isShared)).toEqual([false]);
  await a.finish(1);
  expect(c.slots.map(({ isShared }) => isShared)).toEqual([false, true]);
});
