import { createHandler } from "../../../../lambdas/outbound/sender/handler.ts";
import { PermanentFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { orderingConsumer } from "../../shared/queue/ordering-consumer.ts";
import { sqsRecord } from "../../sqs-record.ts";

const unexpected = () => {
  throw new Error("not expected of a sender that knows no brand");
};

/** The order in which the sender looks up brands; here each record names another. */
async function orderOf(bodies: { brand: string }[]): Promise<string[]> {
  const order: string[] = [];
  const handler = createHandler({
    findBrand(key) {
      // It is looked up once more for the dead letter.
      if (order.at(-1) !== key) order.push(key);
      throw new PermanentFailure("UnknownBrand", "It is not configured.");
    },
    consume: orderingConsumer().consume,
    receipts: { delivered: unexpected, blocked: unexpected, failed: async () => undefined },
    hostMedia: unexpected,
    rendering: { timeZone: "Asia/Bangkok", language: "th", trustedOrigins: new Set() },
    messagesLeft: unexpected,
    now: () => 0,
    sleep: unexpected,
    startedAt: 0,
  });
  const SentTimestamp = String(Date.parse(at(9)));
  const Records = bodies.map((body) =>
    sqsRecord(body.brand, "retail-thai#U1", body, { SentTimestamp }),
  );
  await handler({ Records }, { getRemainingTimeInMillis: () => 60_000 });
  return order;
}

const message = (brand: string, time?: string) => ({
  kind: "message",
  brand,
  message: { id: brand, type: "Text", text: "hello", channel: { to: { id: "U1" }, time } },
});
const typing = (brand: string) => ({ kind: "typing", brand, to: "U1", seconds: 5 });
const at = (second: number) => `2026-11-23T06:30:0${second}.000Z`;

describe("the order in which the sender takes what it gets at once", () => {
  it("is that in which the agent wrote", async () => {
    const overtaken = [message("third", at(3)), message("first", at(1)), message("second", at(2))];
    expect(await orderOf(overtaken)).toEqual(["first", "second", "third"]);
  });

  it("is that in which messages came where one is said to be written in the future", async () => {
    const messages = [message("2099", "2099-01-01T00:00:00Z"), message("first", at(1))];
    expect(await orderOf([...messages, message("last", at(9))])).toEqual(["first", "2099", "last"]);
  });

  it("is the queue's where a message does not say when it was written", async () => {
    const messages = [message("late", at(3)), message("unknown"), message("early", at(1))];
    expect(await orderOf(messages)).toEqual(["late", "unknown", "early"]);
  });

  it("is the queue's for typing", async () => {
    expect(await orderOf([typing("late"), typing("early")])).toEqual(["late", "early"]);
  });
});
