import { type Bridge, NOW } from "./bridge.ts";
import samples from "./dead-letters.json" with { type: "json" };
import records from "./discarded.json" with { type: "json" };
import { holding, operatorOf } from "./operator.ts";
import type { Answer, QueueMessage, Request } from "./stand-ins.ts";

// Dead letters wait for an operator for up to 14 days, longer than from one version to the next.

const HOUR = 3_600_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function deadLetterTests(running: () => Bridge): void {
  let bridge: Bridge;
  let operator: ReturnType<typeof operatorOf>;
  beforeAll(() => {
    bridge = running();
    operator = operatorOf(bridge);
  });
  afterAll(() => operator.close());
  afterEach(() => bridge.forget());

  type Sample = Pick<QueueMessage, "groupId" | "body" | "attributes">;

  /** As it is parked; SQS would swallow the old de-duplication id, and nothing reads the detail. */
  const parked = (queue: string, { groupId, body, attributes }: Sample) => ({
    queue: `${queue}-dead-letters`,
    groupId,
    deduplicationId: expect.stringMatching(UUID),
    body,
    attributes: {
      ...attributes,
      Detail: { DataType: "String", StringValue: expect.stringMatching(/./) },
    },
  });

  it.each(samples.inbound)("the worker parks so: $what", async (sample) => {
    let { accepted = 0 } = sample;
    bridge.standIns.own.answer = ({ path }) =>
      path.includes("inbound/open") && accepted-- <= 0 ? { status: 400 } : undefined;
    expect(await bridge.consume("worker", { ...sample, attributes: {} })).toBe(true);
    expect(bridge.standIns.sent).toEqual([parked("inbound", sample)]);
  });

  it.each(samples.outbound)("the sender parks so: $what", async (sample) => {
    bridge.standIns.own.answer = lineOf(sample);
    expect(await bridge.consume("sender", { ...sample, attributes: {} })).toBe(true);
    const letters = bridge.standIns.sent.filter(({ queue }) => queue.endsWith("dead-letters"));
    expect(letters).toEqual([parked("outbound", sample)]);
  });

  /** LINE accepts so many pushes of the message, the first one only without what it refuses in it. */
  function lineOf({ lineAnswers, refuses, accepted = 0 }: (typeof samples.outbound)[number]) {
    let isRefused = refuses === undefined;
    let left = accepted;
    return ({ path }: Request): Answer | undefined => {
      // No messages of the month are left.
      if (path.endsWith("/quota")) return { body: { type: "limited", value: 500 } };
      if (path.endsWith("/consumption")) return { body: { totalUsage: 500 } };
      if (!path.endsWith("/push")) return undefined;
      if (!isRefused) {
        isRefused = true;
        return { status: 400, body: { message: "x", details: [{ property: refuses }] } };
      }
      return left-- > 0 ? undefined : lineAnswers;
    };
  }

  it("redrive reads them, and sends them back so", async () => {
    const market = holding(bridge.standIns.origin, {
      "inbound-dead-letters": samples.inbound,
      "outbound-dead-letters": samples.outbound,
    });
    bridge.standIns.own.answer = market.answer;
    expect(await operator.redrive()).toMatchObject([
      { queue: "inbound", redriven: { GenesysRefused: 2, Unreadable: 1 }, unseen: 0 },
      { queue: "outbound", redriven: { LineRefused: 1, QuotaExceeded: 2 }, unseen: 0 },
    ]);
    const sentBack = (queue: "inbound" | "outbound") =>
      samples[queue].map(({ groupId, body, redriven }) => ({
        queue: `Thailand_${queue}_retail-thai.fifo`,
        groupId,
        deduplicationId: expect.stringMatching(UUID),
        body,
        attributes: redriven,
      }));
    expect(bridge.standIns.sent).toEqual([...sentBack("inbound"), ...sentBack("outbound")]);
    expect(market.left("inbound-dead-letters")).toEqual([]);
    expect(market.left("outbound-dead-letters")).toEqual([]);
  });

  describe("the record of a letter that was discarded", () => {
    const { discarded } = records;
    const letter = samples.outbound.find(({ accepted }) => accepted === 1);
    if (letter === undefined) throw new Error("no sample");
    const market = () =>
      holding(bridge.standIns.origin, { "outbound-dead-letters": [letter] }, [], discarded.by);

    it("is written so", async () => {
      bridge.standIns.own.answer = market().answer;
      const { discarded: some } = await operator.discard([letter.body]);
      expect(some).toHaveLength(1);
      const written = (await bridge.items()).filter(({ pk }) => pk.startsWith("discarded#"));
      // The stand-in takes the body for the id.
      expect(written).toEqual([{ ...discarded, pk: `discarded#${letter.body}`, id: letter.body }]);
      expect(discarded.pk).toBe(`discarded#${discarded.id}`);
    });

    it("is read so", async () => {
      bridge.standIns.own.answer = market().answer;
      await bridge.put(discarded);
      const { pk, expiresAt, ...record } = discarded;
      expect(await operator.discarded()).toEqual([record]);
    });
  });

  describe("what was sent in part is sent to its end, once, when it is redriven after 25 hours", () => {
    afterEach(() => jest.setSystemTime(NOW));

    /** Parks the message, redrives it a day later, and consumes two copies of what redrive has sent. */
    async function redriveLater(
      queue: "inbound" | "outbound",
      sample: Sample & { deduplicationId: string },
      forgets: boolean,
    ): Promise<void> {
      const consumer = queue === "inbound" ? "worker" : "sender";
      await bridge.consume(consumer, { ...sample, attributes: {} });
      const letters = bridge.standIns.sent.filter((one) => one.queue === `${queue}-dead-letters`);
      expect(letters).toHaveLength(1);
      // Without a table, only the letter knows.
      if (forgets) await bridge.forget();
      bridge.standIns.forget();
      jest.setSystemTime(NOW + 25 * HOUR);
      bridge.standIns.own.answer = holding(bridge.standIns.origin, {
        [`${queue}-dead-letters`]: letters,
      }).answer;
      await operator.redrive();
      const [back] = bridge.standIns.sent;
      if (back === undefined) throw new Error("nothing was redriven");
      bridge.standIns.forget();
      for (let copy = 1; copy <= 2; copy += 1) {
        expect(await bridge.consume(consumer, { ...back, receives: 1 })).toBe(true);
      }
    }

    it.each([false, true])("to LINE; the table has lost everything: %p", async (forgets) => {
      const sample = samples.outbound.find(({ accepted }) => accepted === 1);
      if (sample === undefined) throw new Error("no sample");
      bridge.standIns.own.answer = lineOf(sample);
      await redriveLater("outbound", sample, forgets);
      expect(bridge.pushes().map(({ messages }) => messages.length)).toEqual([1]);
      expect(JSON.stringify(bridge.pushes())).toContain('"F');
    });

    it.each([false, true])(
      "to Genesys Cloud; the table has lost everything: %p",
      async (forgets) => {
        const sample = samples.inbound.find(({ accepted }) => accepted === 1);
        if (sample === undefined) throw new Error("no sample");
        let accepted = 1;
        bridge.standIns.own.answer = ({ path }) =>
          path.includes("inbound/open") && accepted-- <= 0 ? { status: 400 } : undefined;
        await redriveLater("inbound", sample, forgets);
        expect(bridge.posts().map(({ body }) => body.channel.messageId)).toEqual(["47#2"]);
      },
    );
  });

  describe("what redrive has sent back is read so", () => {
    const [letter] = samples.outbound;
    if (letter?.redriven.TriedSince === undefined) throw new Error("no sample");
    const { groupId, body, redriven } = letter;
    const { TriedSince } = redriven;

    it.each([
      ["pushed within 23 hours after the first try", TriedSince.StringValue, 1, []],
      ["parked after that", String(NOW - 24 * HOUR), 0, ["OutcomeUnknown"]],
    ])("%s", async (_, since, pushes, reasons) => {
      const attributes = { TriedSince: { ...TriedSince, StringValue: since } };
      await bridge.consume("sender", { groupId, deduplicationId: "new", body, attributes });
      expect(bridge.pushes()).toHaveLength(pushes);
      const letters = bridge.standIns.sent.filter(({ queue }) => queue === "outbound-dead-letters");
      expect(letters.map(({ attributes: { Reason } }) => Reason?.StringValue)).toEqual(reasons);
    });
  });
}
