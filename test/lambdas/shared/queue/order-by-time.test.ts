import type { SQSRecord } from "aws-lambda";
import {
  PermanentFailure,
  RetryableFailure,
} from "../../../../lambdas/shared/failures/failures.ts";
import { orderByTime } from "../../../../lambdas/shared/queue/order-by-time.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { orderingConsumer } from "./ordering-consumer.ts";

type Times = Record<string, number | undefined>;

/** In the order of the queue, all of one customer. */
const records = (times: Times) => Object.keys(times).map((id) => sqsRecord(id, "retail-thai#A"));
const idsOf = (ordered: readonly SQSRecord[]) => ordered.map(({ messageId }) => messageId);

describe("orderByTime", () => {
  const ordered = (times: Times) =>
    idsOf(orderByTime(records(times), ({ messageId }) => times[messageId]));

  it.each<[string, Times, string[]]>([
    ["by their times", { c: 30, a: 10, b: 20 }, ["a", "b", "c"]],
    ["of equal times as the queue has them", { b: 20, y: 10, x: 10, a: 20 }, ["y", "x", "b", "a"]],
    [
      "as the queue has them where one has no time",
      { b: 20, x: undefined, a: 10 },
      ["b", "x", "a"],
    ],
    ["as the queue has them where none has a time", { b: undefined, a: undefined }, ["b", "a"]],
    ["with a time far in the future last", { z: 8.64e15, b: 20, a: 0 }, ["a", "b", "z"]],
  ])("puts messages %s", (_how, times, expected) => {
    expect(ordered(times)).toEqual(expected);
  });

  it("keeps the queue's order where nobody knows times", () => {
    expect(idsOf(orderByTime(records({ b: 20, a: 10 }), undefined))).toEqual(["b", "a"]);
  });

  it("does not read a record that is alone", () => {
    const timeOf = jest.fn();
    expect(idsOf(orderByTime(records({ a: 10 }), timeOf))).toEqual(["a"]);
    expect(timeOf).not.toHaveBeenCalled();
  });
});

describe("a consumer that knows times", () => {
  async function consumed(batch: SQSRecord[], times: Times, failures: Record<string, Error> = {}) {
    const { consume, givenBack, waits } = orderingConsumer();
    const attempted: string[] = [];
    const { batchItemFailures } = await consume(batch, 60_000, {
      async attempt({ record: { messageId } }) {
        attempted.push(messageId);
        const failure = failures[messageId];
        if (failure !== undefined) throw failure;
      },
      timeOf: ({ messageId }) => times[messageId],
    });
    const returned = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    return { attempted, returned, givenBack, waits };
  }

  it("attempts each customer's messages by their times", async () => {
    const times = { a2: 20, b2: 40, a1: 10, b1: 5 };
    const batch = [
      ...["a2", "a1"].map((id) => sqsRecord(id, "retail-thai#A")),
      ...["b2", "b1"].map((id) => sqsRecord(id, "retail-thai#B")),
    ];
    const { attempted, returned } = await consumed(batch, times);
    expect(attempted.filter((id) => id.startsWith("a"))).toEqual(["a1", "a2"]);
    expect(attempted.filter((id) => id.startsWith("b"))).toEqual(["b1", "b2"]);
    expect(returned).toEqual([]);
  });

  it("lets a customer without a time leave another's order alone", async () => {
    const times = { a2: 20, x: undefined, a1: 10, y: 1 };
    const batch = [
      sqsRecord("a2", "retail-thai#A"),
      sqsRecord("x", "retail-thai#B"),
      sqsRecord("a1", "retail-thai#A"),
      sqsRecord("y", "retail-thai#B"),
    ];
    const { attempted } = await consumed(batch, times);
    expect(attempted.filter((id) => id.startsWith("a"))).toEqual(["a1", "a2"]);
    expect(attempted.filter((id) => !id.startsWith("a"))).toEqual(["x", "y"]);
  });

  it("gives back what comes behind a failure in the order of time, in one call", async () => {
    const times = { e: 50, b: 20, d: 40, a: 10, c: 30 };
    const failure = new RetryableFailure("Genesys answered 503.", 77);
    const run = await consumed(records(times), times, { c: failure });
    expect(run.attempted).toEqual(["a", "b", "c"]);
    expect(run.returned).toEqual(["c", "d", "e"]);
    expect(run.givenBack).toEqual([{ ids: ["c", "d", "e"], seconds: 77 }]);
  });

  it("goes on in the order of time behind a message that it has parked", async () => {
    const times = { c: 30, b: 20, a: 10 };
    const failure = new PermanentFailure("GenesysRefused", "Genesys refused with 400.");
    const run = await consumed(records(times), times, { a: failure });
    expect(run.attempted).toEqual(["a", "b", "c"]);
    expect(run.returned).toEqual([]);
  });

  it("notes the wait of the message that SQS has had for the longest time, whichever failed", async () => {
    const times = { b: 20, a: 10 };
    const batch = [
      sqsRecord("b", "retail-thai#A", {}, { SentTimestamp: "1000000" }),
      sqsRecord("a", "retail-thai#A", {}, { SentTimestamp: "1900000" }),
    ];
    const { waits } = await consumed(batch, times, { a: new RetryableFailure("no") });
    expect(waits).toEqual([1_000]);
  });
});
