import {
  createSendFifo,
  type FifoMessage,
  type SendBatch,
} from "../../../../lambdas/shared/queue/send-fifo.ts";

const message = (groupId: string, id: string, body = id): FifoMessage => ({
  groupId,
  deduplicationId: id,
  body,
});

function setUp(faultOf: (id: string, call: number) => "stored" | "failed" | "throw") {
  const stored: string[] = [];
  const bodies: string[] = [];
  const batches: string[][] = [];
  let now = 0;
  const sendBatch: SendBatch = async ({ Entries = [] }) => {
    batches.push(Entries.map((entry) => entry.MessageDeduplicationId ?? ""));
    bodies.push(...Entries.map((entry) => entry.MessageBody ?? ""));
    const results = Entries.map((entry) => ({
      entry,
      result: faultOf(entry.MessageDeduplicationId ?? "", batches.length),
    }));
    if (results.some(({ result }) => result === "throw"))
      throw Object.assign(new Error("x"), { name: "TimeoutError" });
    const good = results.filter(({ result }) => result === "stored");
    stored.push(...good.map(({ entry }) => entry.MessageDeduplicationId ?? ""));
    return {
      Successful: good.map(({ entry }) => ({ Id: entry.Id, MessageId: "m", MD5OfMessageBody: "" })),
      Failed: results
        .filter(({ result }) => result === "failed")
        .map(({ entry }) => ({ Id: entry.Id, SenderFault: false, Code: "InternalError" })),
      $metadata: {},
    };
  };
  const send = createSendFifo("https://sqs/queue.fifo", sendBatch, {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  });
  return { send, stored, bodies, batches };
}

describe("createSendFifo", () => {
  it("escapes the two characters that SQS refuses, and nothing else", async () => {
    const { send, bodies } = setUp(() => "stored");
    const text = "a\uFFFEb\uFFFFc\uFFFD สวัสดี 👨‍👩‍👧";
    await send([message("g", "m", JSON.stringify({ text }))]);
    expect(bodies[0]).toContain("a\\uFFFEb\\uFFFFc\uFFFD สวัสดี");
    expect(JSON.parse(bodies[0] ?? "")).toEqual({ text });
  });

  it.each([0, 1, 10, 11, 25])(
    "stores %i messages of as many customers in batches of ten",
    async (amount) => {
      const { send, stored, batches } = setUp(() => "stored");
      await send(Array.from({ length: amount }, (_, i) => message(`g${i}`, `m${i}`)));
      expect(stored).toHaveLength(amount);
      expect(batches).toHaveLength(Math.ceil(amount / 10));
    },
  );

  it("sends a customer's second message only when the first is stored", async () => {
    const { send, stored } = setUp((id, call) => (id === "a1" && call < 3 ? "failed" : "stored"));
    await send([message("A", "a1"), message("A", "a2"), message("B", "b1")]);
    expect(stored).toEqual(["b1", "a1", "a2"]);
  });

  it("tries again after a failed call", async () => {
    const { send, stored } = setUp((_, call) => (call === 1 ? "throw" : "stored"));
    await send([message("A", "a1")]);
    expect(stored).toEqual(["a1"]);
  });

  it("gives up within 1.5 s and says how much is not stored and why", async () => {
    const failed = setUp((id) => (id === "a1" ? "failed" : "stored"));
    await expect(failed.send([message("A", "a1"), message("B", "b1")])).rejects.toThrow(
      "1 of 2 messages could not be stored: InternalError",
    );
    const thrown = setUp(() => "throw");
    await expect(thrown.send([message("A", "a1")])).rejects.toThrow("TimeoutError");
  });

  it("keeps a batch below SQS's megabyte", async () => {
    const { send, batches } = setUp(() => "stored");
    await send([
      message("A", "a", "x".repeat(600_000)),
      message("B", "b", "x".repeat(600_000)),
      message("C", "c"),
    ]);
    expect(batches).toEqual([["a", "c"], ["b"]]);
  });
});
