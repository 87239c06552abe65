import { runEmpty, waitsUntil } from "./run-empty.ts";

const QUEUE = "http://localhost/0/Japan_inbound_down.fifo";

it("waits until the queues are empty", async () => {
  const counts = [new Map([[QUEUE, 2]]), new Map<string, number>()];
  const left = async () => counts.shift() ?? new Map([[QUEUE, 1]]);
  expect(await runEmpty({ left }, [QUEUE], waitsUntil(1))).toEqual(new Map());
});

it("gives up at its time although something moves, and says what is left", async () => {
  let count = 1_000;
  const left = async () => {
    count -= 1;
    return new Map([[QUEUE, count]]);
  };
  const until = Date.now() + 1_500;
  const found = await runEmpty({ left }, [QUEUE], until);
  expect(found).toEqual(new Map([[QUEUE, count]]));
  expect(Date.now() - until).toBeLessThan(5_000);
});
