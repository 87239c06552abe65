import type { Bridge } from "./bridge.ts";
import samples from "./queue-messages.json" with { type: "json" };
import type { QueueMessage } from "./stand-ins.ts";

// What lies in the queues while a new version is deployed, or the old one comes back, is read by both.

export function queueMessageTests(running: () => Bridge): void {
  let bridge: Bridge;
  beforeAll(() => {
    bridge = running();
  });
  afterEach(() => bridge.forget());

  /** A sample is a text where each character counts. */
  const textOf = (sample: string | object) =>
    typeof sample === "string" ? sample : JSON.stringify(sample);

  type Sample = { groupId: string; deduplicationId: string; body: string | object };

  function queued(direction: string, { groupId, deduplicationId, body }: Sample): QueueMessage {
    const queue = `Thailand_${direction}_${groupId.split("#")[0]}.fifo`;
    return { queue, groupId, deduplicationId, body: textOf(body), attributes: {} };
  }

  describe.each(samples.inbound)("in a brand's inbound queue: $what", (sample) => {
    it("is written so", async () => {
      expect(await bridge.line(sample.brand, textOf(sample.webhook))).toBe(200);
      expect(bridge.standIns.sent).toEqual([queued("inbound", sample)]);
    });

    it("is read so", async () => {
      expect(await bridge.consume("worker", queued("inbound", sample))).toBe(true);
      expect(bridge.standIns.sent).toEqual([]);
      const { posts } = sample;
      expect(bridge.posts()).toMatchObject(
        posts === null
          ? []
          : [
              {
                endpoint: posts.endpoint,
                body: { channel: { from: { id: posts.from }, messageId: posts.messageId } },
              },
            ],
      );
      for (const { body } of bridge.posts()) {
        expect(body.text ?? body.buttonResponse.payload).toContain(posts?.says);
      }
    });
  });

  describe.each(samples.outbound)("in a brand's outbound queue: $what", (sample) => {
    it("is written so", async () => {
      expect(await bridge.genesys(sample.brand, textOf(sample.webhook))).toBe(200);
      expect(bridge.standIns.sent).toEqual([queued("outbound", sample)]);
    });

    it("is read so, and pushed under this retry key", async () => {
      expect(await bridge.consume("sender", queued("outbound", sample))).toBe(true);
      const pushes = bridge.pushes();
      const { to, retryKey, postbacks } = sample.pushes;
      expect(pushes).toMatchObject([{ to, retryKey }]);
      expect(postbacksIn(pushes)).toEqual(postbacks);
    });
  });

  it("each push of a message has a retry key of its own, the same at every try", async () => {
    const { brand, messageId, parts } = samples.retryKeys;
    // LINE takes five texts of 5,000 characters a push.
    const message = { id: messageId, channel: { to: { id: "U1" } }, type: "Text" };
    const body = { kind: "message", brand, message: { ...message, text: "x".repeat(25_001) } };
    const sample = { groupId: `${brand}#U1`, deduplicationId: messageId, body };
    for (let i = 0; i < 2; i += 1) await bridge.consume("sender", queued("outbound", sample));
    expect(bridge.pushes().map(({ retryKey }) => retryKey)).toEqual([...parts, ...parts]);
  });

  /** What LINE sends back when a customer taps one of the buttons. */
  function postbacksIn(pushes: unknown): string[] {
    const found: string[] = [];
    JSON.stringify(pushes, (key, value) => {
      if (key === "data") found.push(value);
      return value;
    });
    return found;
  }

  describe("in a brand's outbound queue: typing", () => {
    const { typing } = samples;

    it("is written so", async () => {
      expect(await bridge.genesys(typing.brand, textOf(typing.webhook))).toBe(200);
      expect(bridge.standIns.sent).toEqual([queued("outbound", typing)]);
    });

    it("is read so", async () => {
      expect(await bridge.consume("sender", queued("outbound", typing))).toBe(true);
      expect(bridge.loadingShown()).toEqual([typing.shows]);
    });
  });

  describe.each(samples.receipts)("the receipt that $what", (sample) => {
    /** The words for agents may change. */
    const inAnyWords = ({ receipt, ...body }: (typeof sample)["body"]) => ({
      ...body,
      receipt: {
        ...receipt,
        ...(receipt.reason && { reason: { ...receipt.reason, message: expect.any(String) } }),
      },
    });

    it("is written so", async () => {
      const [message] = samples.outbound;
      if (message === undefined) throw new Error("no sample");
      bridge.standIns.own.answer = ({ path }) =>
        path.endsWith("/push") ? { status: sample.lineAnswers } : undefined;
      expect(await bridge.consume("sender", queued("outbound", message))).toBe(true);
      const [receipt] = bridge.standIns.sent;
      expect(receipt).toEqual({ ...queued("inbound", sample), body: expect.any(String) });
      expect(JSON.parse(receipt?.body ?? "")).toEqual(inAnyWords(sample.body));
    });

    it("is read so", async () => {
      expect(await bridge.consume("worker", queued("inbound", sample))).toBe(true);
      expect(bridge.posts()).toEqual([{ endpoint: "receipt", body: sample.posts }]);
    });
  });
}
