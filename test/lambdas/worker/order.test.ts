import { PermanentFailure } from "../../../lambdas/shared/failures/failures.ts";
import { createHandler } from "../../../lambdas/worker/handler.ts";
import { orderingConsumer } from "../shared/queue/ordering-consumer.ts";
import { sqsRecord } from "../sqs-record.ts";

const unexpected = () => {
  throw new Error("not expected of a worker that knows no brand");
};

/** The order in which the worker looks up brands; here each record names another. */
async function orderOf(bodies: { brand: string }[]): Promise<string[]> {
  const order: string[] = [];
  const handler = createHandler({
    findBrand(key) {
      // It is looked up once more for the dead letter.
      if (order.at(-1) !== key) order.push(key);
      throw new PermanentFailure("UnknownBrand", "It is not configured.");
    },
    consume: orderingConsumer().consume,
    nameAuthor: unexpected,
    media: { fetchMedia: unexpected, attachmentBytes: 0, timeOf: unexpected },
    deliverOnce: unexpected,
    now: () => 0,
  });
  const Records = bodies.map((body) => sqsRecord(body.brand, "retail-thai#U1", body));
  await handler({ Records }, { getRemainingTimeInMillis: () => 60_000 });
  return order;
}

const lineEvent = (brand: string, timestamp: number) => ({
  kind: "line-event",
  brand,
  event: { type: "message", webhookEventId: brand, timestamp },
});
const receipt = (brand: string, time: string) => ({
  kind: "receipt",
  brand,
  receipt: { messageId: "g1", to: "U1", time, status: "Delivered" },
});

describe("the order in which the worker takes what it gets at once", () => {
  it("is that in which the customer wrote", async () => {
    const overtaken = [lineEvent("third", 30), lineEvent("first", 10), lineEvent("second", 20)];
    expect(await orderOf(overtaken)).toEqual(["first", "second", "third"]);
  });

  it("is that in which events came where one is said to happen in the future", async () => {
    // The queue has had all of them since 1000000.
    const events = [
      lineEvent("2099", 8.64e15),
      lineEvent("first", 10),
      lineEvent("last", 1_000_001),
    ];
    expect(await orderOf(events)).toEqual(["first", "2099", "last"]);
  });

  it("is the queue's for receipts", async () => {
    const receipts = [
      receipt("late", "2026-11-23T06:30:01Z"),
      receipt("early", "2026-11-23T06:30:00Z"),
    ];
    expect(await orderOf(receipts)).toEqual(["late", "early"]);
  });
});
