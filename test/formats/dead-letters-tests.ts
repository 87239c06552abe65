import { type Bridge, NOW } from "./bridge.ts";
import samples from "./dead-letters.json" with { type: "json" };
import { holding, operatorOf } from "./operator.ts";
import type { QueueMessage } from "./stand-ins.ts";

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
    bridge.standIns.own.answer = ({ path }) =>
      path.includes("inbound/open") ? { status: 400 } : undefined;
    expect(await bridge.consume("worker", { ...sample, attributes: {} })).toBe(true);
    expect(bridge.standIns.sent).toEqual([parked("inbound", sample)]);
  });

  it.each(samples.outbound)("the sender parks so: $what", async (sample) => {
    bridge.standIns.own.answer = ({ path }) => {
      // No messages of the month are left.
      if (path.endsWith("/quota")) return { body: { type: "limited", value: 500 } };
      if (path.endsWith("/consumption")) return { body: { totalUsage: 500 } };
      return path.endsWith("/push") ? sample.lineAnswers : undefined;
    };
    expect(await bridge.consume("sender", { ...sample, attributes: {} })).toBe(true);
    const letters = bridge.standIns.sent.filter(({ queue }) => queue.endsWith("dead-letters"));
    expect(letters).toEqual([parked("outbound", sample)]);
  });

  it("redrive reads them, and sends them back so", async () => {
    const market = holding(bridge.standIns.origin, {
      "inbound-dead-letters": samples.inbound,
      "outbound-dead-letters": samples.outbound,
    });
    bridge.standIns.own.answer = market.answer;
    expect(await operator.redrive()).toMatchObject([
      { queue: "inbound", redriven: { GenesysRefused: 1, Unreadable: 1 }, unseen: 0 },
      { queue: "outbound", redriven: { LineRefused: 1, QuotaExceeded: 1 }, unseen: 0 },
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
