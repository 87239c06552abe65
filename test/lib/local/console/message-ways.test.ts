import { createMessageWays } from "../../../../lib/local/console/message-ways.ts";

const AT = Date.parse("2026-11-30T17:05:51.000Z");
const ID = "01M8PPQ1MAHWNQXDYAJA94339F";

/** A line as a function logs it, `seconds` after the first one. */
function logged(service: string, seconds: number, message: string, fields: object = {}) {
  const timestamp = new Date(AT + seconds * 1_000).toISOString();
  const line = { level: "INFO", message, timestamp, service, brand: "retail", correlationId: ID };
  return {
    source: service,
    stream: "stdout" as const,
    text: JSON.stringify({ ...line, ...fields }),
  };
}

const STORED = logged("inbound", 0, "Stored in the queue");
const AGAIN = logged("worker", 1, "Will try a message again", {
  level: "WARN",
  receives: 1,
  seconds: 4,
  errorName: "HttpFailure",
  errorMessage: "Genesys answered 503",
});
const DELIVERED = logged("worker", 6, "Delivered to Genesys", { messageId: "5001", parts: 1 });

describe("the way of a message", () => {
  it("has its steps in order, with what else the functions have logged", () => {
    const ways = createMessageWays();
    ways.take(STORED);
    ways.take(AGAIN);
    expect(ways.take(DELIVERED)).toEqual({
      brand: "retail",
      correlationId: ID,
      from: "LINE",
      messageId: "5001",
      outcome: "delivered",
      reason: undefined,
      leftOut: 0,
      steps: [
        { at: AT, service: "inbound", level: "INFO", message: "Stored in the queue", fields: {} },
        {
          at: AT + 1_000,
          service: "worker",
          level: "WARN",
          message: "Will try a message again",
          fields: {
            receives: 1,
            seconds: 4,
            errorName: "HttpFailure",
            errorMessage: "Genesys answered 503",
          },
        },
        {
          at: AT + 6_000,
          service: "worker",
          level: "INFO",
          message: "Delivered to Genesys",
          fields: { messageId: "5001", parts: 1 },
        },
      ],
    });
  });

  it.each([
    ["it is stored", [STORED], { outcome: "stored" }],
    [
      "it is tried again, why, and when",
      [STORED, AGAIN],
      { outcome: "trying again", reason: "Genesys answered 503", nextTryAt: AT + 5_000 },
    ],
    [
      "it waits untried",
      [
        STORED,
        logged("worker", 2, "Put a message off, untried", { seconds: 30, errorName: "HeldBack" }),
      ],
      { outcome: "waiting", reason: "HeldBack", nextTryAt: AT + 32_000 },
    ],
    [
      "it was delivered before",
      [logged("worker", 2, "Had been delivered to Genesys")],
      { outcome: "delivered" },
    ],
    [
      "its media was delivered",
      [logged("worker", 2, "Delivered media to Genesys")],
      { outcome: "delivered" },
    ],
    [
      "it is delivered, and LINE sends it again",
      [DELIVERED, logged("inbound", 9, "Stored in the queue")],
      { outcome: "delivered" },
    ],
    [
      "it is no message for agents",
      [STORED, logged("worker", 1, "Ignored on purpose")],
      { outcome: "ignored" },
    ],
    [
      "it is parked, and why",
      [
        STORED,
        AGAIN,
        logged("worker", 9, "Parked a message", { reason: "Refused", errorMessage: "400" }),
      ],
      { outcome: "parked", reason: "400" },
    ],
    [
      "nothing more is known of it: the function is done with it",
      [STORED, logged("worker", 2, "Deleted from the queue")],
      { outcome: "finished" },
    ],
    [
      "typing is not shown, and why",
      [
        logged("outbound-webhook", 0, "Stored in the queue"),
        logged("outbound-sender", 1, "Could not show the loading animation", {
          errorMessage: "LINE answered 503.",
        }),
      ],
      { from: "Genesys", outcome: "ignored", reason: "LINE answered 503." },
    ],
    [
      "it was delivered, but that is not noted",
      [STORED, logged("worker", 3, "Delivered, but could not record it")],
      { outcome: "stored" },
    ],
    [
      "it is not pushed, whatever becomes of the receipt",
      [
        logged("outbound-webhook", 0, "Stored in the queue"),
        logged("outbound-sender", 1, "Not pushed: the customer has blocked the account"),
        AGAIN,
      ],
      { from: "Genesys", outcome: "not pushed", reason: "the customer has blocked the account" },
    ],
  ])("says that %s", (_, lines, state) => {
    const ways = createMessageWays();
    for (const line of lines) ways.take(line);
    expect(ways.list({})).toMatchObject([state]);
  });

  it("has a line in its place that comes after a later one", () => {
    const ways = createMessageWays();
    ways.take(DELIVERED);
    const way = ways.take(STORED);
    expect(way?.steps.map(({ message }) => message)).toEqual([
      "Stored in the queue",
      "Delivered to Genesys",
    ]);
    expect(way?.outcome).toBe("delivered");
  });

  it("is stored before it is taken, whichever is told first", () => {
    const key = { brand: "retail", correlationId: ID, from: "LINE" as const };
    const taken = {
      at: AT - 20,
      service: "worker",
      level: "INFO",
      message: "Taken from the queue",
      fields: {},
    };
    const messages = (ways: ReturnType<typeof createMessageWays>) =>
      ways.list({})[0]?.steps.map(({ message }) => message);
    const one = createMessageWays();
    one.add(key, taken);
    one.take(STORED);
    const other = createMessageWays();
    other.take(STORED);
    other.add(key, taken);
    for (const ways of [one, other]) {
      expect(messages(ways)).toEqual(["Stored in the queue", "Taken from the queue"]);
    }
    // LINE has sent it twice.
    one.take(logged("inbound", 2, "Stored in the queue"));
    expect(messages(one)?.[2]).toBe("Stored in the queue");
  });

  it("keeps its first step and the newest 99", () => {
    const ways = createMessageWays();
    ways.take(STORED);
    for (let i = 1; i <= 120; i++) ways.take(logged("worker", i, "Will try a message again"));
    const [way] = ways.list({});
    expect(way).toMatchObject({ leftOut: 21, steps: { length: 100 } });
    expect(way?.steps[0]?.at).toBe(AT);
    expect(way?.steps[1]?.at).toBe(AT + 22_000);
    expect(way?.steps[99]?.at).toBe(AT + 120_000);
  });
});

describe("the ways of messages", () => {
  it("are those of the last 500, newest first", () => {
    const ways = createMessageWays();
    for (let i = 0; i < 502; i++) {
      ways.take(logged("inbound", i, "Stored in the queue", { correlationId: `event-${i}` }));
      ways.name("retail", `event-${i}`, `message-${i}`);
    }
    const ids = ways.list({}).map(({ correlationId }) => correlationId);
    expect(ids).toHaveLength(500);
    expect([ids[0], ids.at(-1)]).toEqual(["event-501", "event-2"]);
    expect(ways.list({})[0]?.messageId).toBe("message-501");
  });

  it("are apart by brand", () => {
    const ways = createMessageWays();
    ways.take(STORED);
    ways.take(logged("inbound", 1, "Stored in the queue", { brand: "travel" }));
    expect(ways.list({}).map(({ brand }) => brand)).toEqual(["travel", "retail"]);
  });

  it.each([
    [{}, ["b", "a"]],
    [{ brand: "travel" }, ["b"]],
    [{ outcome: "delivered" }, ["a"]],
    [{ outcome: "parked" }, []],
    [{ text: "B" }, ["b"]],
    [{ text: " 500 " }, ["a"]],
    [{ text: "" }, ["b", "a"]],
  ])("are found by %j", (search, found) => {
    const ways = createMessageWays();
    ways.take(
      logged("worker", 0, "Delivered to Genesys", { correlationId: "a", messageId: "5001#2" }),
    );
    ways.take(logged("inbound", 1, "Stored in the queue", { correlationId: "b", brand: "travel" }));
    expect(ways.list(search).map(({ correlationId }) => correlationId)).toEqual(found);
  });

  it("know LINE's message id before the message is delivered", () => {
    const ways = createMessageWays();
    expect(ways.name("retail", ID, "5001")).toBeUndefined();
    expect(ways.take(STORED)?.messageId).toBe("5001");
  });

  it.each([
    ["a metric", JSON.stringify({ _aws: {}, service: "worker", brand: "retail", Accepted: 1 })],
    ["no JSON", "Runtime exited"],
    ["a line about no message", DELIVERED.text.replace("correlationId", "other")],
    ["a line without a time", DELIVERED.text.replace("timestamp", "other")],
  ])("take no notice of %s", (_, text) => {
    const ways = createMessageWays();
    expect(ways.take({ source: "worker", stream: "stdout", text })).toBeUndefined();
    expect(ways.list({})).toEqual([]);
  });
});
