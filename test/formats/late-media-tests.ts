import { type Bridge, type Item, NOW } from "./bridge.ts";
import samples from "./late-media.json" with { type: "json" };
import { holding, operatorOf } from "./operator.ts";
import type { Request } from "./stand-ins.ts";

// Media that LINE does not hand out yet waits in the queue, and what is erased meanwhile stands in the table.

const USER = "U0123456789abcdef0123456789abcdef";
const MINUTE = 60_000;
const PDF = Buffer.from("%PDF-1.7\n%%EOF");

export function lateMediaTests(running: () => Bridge): void {
  let bridge: Bridge;
  beforeAll(() => {
    bridge = running();
  });
  afterEach(async () => {
    jest.setSystemTime(NOW);
    await bridge.forget();
  });

  const { queued, erasures } = samples;
  const { kind, ...original } = JSON.parse(queued.body);
  const message = {
    groupId: `retail-thai#${USER}`,
    deduplicationId: original.event.webhookEventId,
    body: JSON.stringify({ kind: "line-event", ...original }),
  };

  async function itemsOf(prefix: string): Promise<Item[]> {
    return (await bridge.items()).filter(({ pk }) => pk.startsWith(prefix));
  }
  const isContent = ({ path }: Request) => path.endsWith("/content");
  const lineHasIt = (request: Request) => (isContent(request) ? { body: PDF } : undefined);

  describe("the message that brings media later", () => {
    it("is written so, once a note has told the agent", async () => {
      expect(kind).toBe("media");
      bridge.standIns.own.answer = (request) => (isContent(request) ? { status: 500 } : undefined);
      jest.setSystemTime(NOW + MINUTE);
      expect(await bridge.consume("worker", { ...message, receives: 2 })).toBe(true);
      const queue = "Thailand_inbound_retail-thai.fifo";
      expect(bridge.standIns.sent).toEqual([{ ...queued, queue, attributes: {} }]);
      expect(bridge.posts().map(({ body }) => body.channel.messageId)).toEqual([samples.messageId]);
      expect(await itemsOf(samples.promised.pk)).toEqual([samples.promised]);
    });

    it("is read so, and arrives once", async () => {
      bridge.standIns.own.answer = lineHasIt;
      for (let i = 0; i < 2; i += 1) expect(await bridge.consume("worker", queued)).toBe(true);
      expect(bridge.posts()).toMatchObject([
        {
          body: {
            channel: { messageId: samples.arrivesAs },
            content: [{ attachment: { filename: "ใบเสร็จ.pdf" } }],
          },
        },
      ]);
    });

    it("is written again for an event whose agent has been told before", async () => {
      await bridge.put(samples.promised);
      bridge.standIns.own.answer = lineHasIt;
      expect(await bridge.consume("worker", message)).toBe(true);
      expect(bridge.standIns.sent.map(({ groupId }) => groupId)).toEqual([queued.groupId]);
      expect(bridge.stored()).toEqual([]);
    });
  });

  describe("what is erased", () => {
    it("is written so when a customer unsends it", async () => {
      const { source, timestamp, mode } = original.event;
      const unsend = { messageId: samples.messageId };
      const event = { type: "unsend", webhookEventId: "unsend", source, timestamp, mode, unsend };
      const body = JSON.stringify({ kind: "line-event", brand: "retail-thai", event });
      // An empty bucket.
      bridge.standIns.own.answer = holding(bridge.standIns.origin, {}).answer;
      expect(await bridge.consume("worker", { ...message, body })).toBe(true);
      expect(await itemsOf("erased#")).toEqual([erasures.message]);
    });

    it("is written so when an operator forgets a customer", async () => {
      const operator = operatorOf(bridge);
      await bridge.put({ pk: `customer#retail-thai#${USER}`, expiresAt: NOW });
      bridge.standIns.own.answer = holding(bridge.standIns.origin, {}).answer;
      await operator.forget(USER);
      operator.close();
      expect(await itemsOf("erased#")).toEqual([erasures.customer]);
    });

    it.each([
      ["message", "the customer unsent it"],
      ["customer", "the customer's data was erased"],
    ] as const)("is read so, and not fetched: a %s", async (what, why) => {
      await bridge.put(erasures[what]);
      bridge.standIns.own.answer = lineHasIt;
      expect(await bridge.consume("worker", queued)).toBe(true);
      expect(bridge.stored()).toEqual([]);
      const [post] = bridge.posts();
      expect(post?.body.text).toContain(why);
    });
  });
}
