import { type Bridge, type Item, NOW } from "./bridge.ts";
import deliveries from "./deliveries.json" with { type: "json" };
import type { Answer, Request } from "./stand-ins.ts";
import samples from "./table-items.json" with { type: "json" };

// The table outlives every deployment: what an older version has stored is read, and the other way round.

const USER = "U0123456789abcdef0123456789abcdef";
const BLOCKER = "Ufedcba9876543210fedcba9876543210";
const GROUP = "C0123456789abcdef0123456789abcdef";
const ROOM = "R0123456789abcdef0123456789abcdef";
const MESSAGE = "c327c2078ca056db130c55ce648d9fa3";

export function tableItemTests(running: () => Bridge): void {
  let bridge: Bridge;
  beforeAll(() => {
    bridge = running();
  });
  afterEach(() => bridge.forget());

  async function itemsOf(prefix: string): Promise<Item[]> {
    return (await bridge.items()).filter(({ pk }) => pk.startsWith(prefix));
  }

  let events = 0;
  /** The worker receives an event of LINE, a text unless `fields` say otherwise. */
  function event(
    source: { userId?: string; groupId?: string; roomId?: string },
    fields: object = {},
    {
      brand = "retail-thai",
      messageId = "m1",
      receivedAt,
    }: { brand?: string; messageId?: string; receivedAt?: number } = {},
  ): Promise<boolean> {
    const { groupId, roomId } = source;
    const type = groupId ? "group" : roomId ? "room" : "user";
    const body = {
      kind: "line-event",
      brand,
      receivedAt,
      event: {
        type: "message",
        mode: "active",
        timestamp: NOW - 1_000,
        webhookEventId: `event-${++events}`,
        source: { type, ...source },
        message: { type: "text", id: "46", text: "hello" },
        ...fields,
      },
    };
    return bridge.consume("worker", {
      messageId,
      groupId: `${brand}#${groupId ?? roomId ?? source.userId}`,
      deduplicationId: body.event.webhookEventId,
      body: JSON.stringify(body),
    });
  }

  /** The sender receives a message of an agent. */
  function message(
    to: string,
    fields: object = {},
    { receives = 1, brand = "retail-thai", attributes = {} } = {},
  ): Promise<boolean> {
    const content = { id: MESSAGE, channel: { to: { id: to } }, type: "Text", text: "hello" };
    return bridge.consume("sender", {
      receives,
      attributes,
      groupId: `${brand}#${to}`,
      deduplicationId: MESSAGE,
      body: JSON.stringify({
        kind: "message",
        brand,
        message: { ...content, ...fields },
      }),
    });
  }

  describe("what is known of customers", () => {
    const markAsReadToken = "the token of the newest message";

    it("is written so", async () => {
      bridge.standIns.own.answer = ({ path }) => namesInLine(path);
      const marked = { type: "text", id: "46", text: "hello", markAsReadToken };
      await event({ userId: USER }, { message: marked });
      await event({ groupId: GROUP, userId: USER });
      await event({ roomId: ROOM, userId: USER });
      await event({ userId: BLOCKER }, { type: "beacon", timestamp: NOW - 2_000 });
      await event({ userId: BLOCKER }, { type: "unfollow" });
      expect(await itemsOf("customer#")).toEqual(samples.customers);
    });

    function namesInLine(path: string): Answer | undefined {
      if (path.endsWith("/summary")) return { body: { groupId: GROUP, groupName: "家族" } };
      if (path.includes("/member/")) return { body: { displayName: "美玲" } };
      return path.includes("/profile/") ? { body: { displayName: "สมชาย" } } : undefined;
    }

    it.each([
      ["a user's name", { userId: USER }, "สมชาย", "hello"],
      ["a group's name and its member's", { groupId: GROUP, userId: USER }, "家族", "美玲: hello"],
      ["the name of a room's member", { roomId: ROOM, userId: USER }, undefined, "美玲: hello"],
    ])("is read so: %s", async (_, source, nickname, text) => {
      await bridge.put(...samples.customers);
      await event(source);
      const [post] = bridge.posts();
      expect(post?.body.channel.from.nickname).toBe(nickname);
      expect(post?.body.text).toBe(text);
      expect(bridge.profilesAsked()).toBe(0);
    });

    it("is read so: the token of the newest message, which is used once", async () => {
      await bridge.put(...samples.customers);
      expect(await message(USER, { originatingEntity: "Human" })).toBe(true);
      expect(bridge.markedAsRead()).toEqual([{ markAsReadToken }]);
      const [user] = await itemsOf(`customer#retail-thai#${USER}`);
      expect(user).toBeDefined();
      expect(user).not.toHaveProperty("markAsReadToken");
    });

    it("is read so: who has blocked the account gets nothing", async () => {
      await bridge.put(...samples.customers);
      expect(await message(BLOCKER)).toBe(true);
      expect(bridge.pushes()).toEqual([]);
      expect(bridge.standIns.sent).toMatchObject([{ deduplicationId: `Failed#${MESSAGE}` }]);
    });
  });

  describe("what LINE tells of customers, where a brand asks for it", () => {
    const brand = "market-thai";
    const picture = (name: string) => `https://profile.line-scdn.net/${name}`;

    it("is written so", async () => {
      bridge.standIns.own.answer = ({ path }) => profileInLine(path);
      await event({ userId: USER }, {}, { brand });
      await event({ groupId: GROUP, userId: USER }, {}, { brand });
      expect(await itemsOf("customer#")).toEqual(samples.profiles);
    });

    function profileInLine(path: string): Answer | undefined {
      if (path.endsWith("/summary")) {
        return { body: { groupId: GROUP, groupName: "家族", pictureUrl: picture("family") } };
      }
      if (path.includes("/member/")) {
        return { body: { displayName: "美玲", pictureUrl: picture("meiling") } };
      }
      if (!path.includes("/profile/")) return undefined;
      return {
        body: { displayName: "สมชาย", language: "th", pictureUrl: picture("somchai") },
      };
    }

    it.each([
      ["a user", { userId: USER }, { lineLanguage: "th", linePictureUrl: picture("somchai") }],
      [
        "a group",
        { groupId: GROUP, userId: USER },
        { lineGroupName: "家族", linePictureUrl: picture("family") },
      ],
    ])("is read so: %s", async (_, source, attributes) => {
      await bridge.put(...samples.profiles);
      await event(source, {}, { brand });
      const [post] = bridge.posts();
      expect(post?.body.channel.metadata.customAttributes).toMatchObject(attributes);
      expect(bridge.profilesAsked()).toBe(0);
    });
  });

  describe("how messages begin, where a brand asks for it", () => {
    const brand = "temple-thai";
    const quotes = async () => (await bridge.items()).filter(({ pk }) => pk.includes("#quote#"));
    const unsend = { type: "unsend", timestamp: NOW - 500, unsend: { messageId: "46" } };

    it("is written so, of both sides and of what was unsent", async () => {
      await event({ userId: USER }, {}, { brand });
      await event({ groupId: GROUP, userId: USER }, {}, { brand });
      await event({ groupId: GROUP, userId: USER }, unsend, { brand });
      expect(await message(USER, {}, { brand })).toBe(true);
      expect(await quotes()).toEqual(samples.quotes);
    });

    it("is read so", async () => {
      await bridge.put(...samples.quotes);
      const quoting = (quotedMessageId: string) =>
        event(
          { userId: USER },
          { message: { type: "text", id: "48", text: "this", quotedMessageId } },
          { brand },
        );
      await quoting("46");
      await quoting("47");
      expect(bridge.posts().map(({ body }) => body.text)).toEqual([
        '[LINE QUOTE: replies to "hello"]\nthis',
        "[LINE QUOTE: replies to an earlier message]\nthis",
      ]);
    });
  });

  describe("buttons that are too long for LINE", () => {
    const [button] = samples.buttons.item.buttons;

    it("are written so, and LINE gets their place alone", async () => {
      const quickReplies = [{ text: "ไม่", payload: "no" }, button].map((quickReply) => ({
        contentType: "QuickReply",
        quickReply,
      }));
      expect(await message(USER, { type: "Structured", content: quickReplies })).toBe(true);
      expect(await itemsOf("buttons#")).toEqual([samples.buttons.item]);
      expect(JSON.stringify(bridge.pushes())).toContain(JSON.stringify(samples.buttons.postback));
    });

    it("are read so", async () => {
      await bridge.put(samples.buttons.item);
      await event(
        { userId: USER },
        { type: "postback", postback: { data: samples.buttons.postback } },
      );
      expect(bridge.posts()).toMatchObject([
        {
          endpoint: "structured/response",
          body: {
            buttonResponse: { type: button?.type, text: button?.text, payload: button?.payload },
            originatingMessageId: MESSAGE,
          },
        },
      ]);
    });
  });

  describe("what LINE has refused of a push", () => {
    const content = ["A", "B"].map((title) => ({
      contentType: "Card",
      card: { title, actions: [{ type: "Postback", text: "選択", payload: "p" }] },
    }));
    const property = "messages[1].template.actions[0].uri";
    const isFaulty = ({ path, body }: Request) =>
      path.endsWith("/push") && JSON.parse(body).messages[1].type === "template"
        ? { status: 400, body: { message: "1 error(s)", details: [{ property }] } }
        : undefined;
    const keys = () => bridge.pushes().map(({ retryKey }) => retryKey);

    it("is written so, and the push in its place has this key", async () => {
      bridge.standIns.own.answer = isFaulty;
      expect(await message(USER, { type: "Structured", content })).toBe(true);
      expect(await itemsOf("refused#")).toEqual([samples.refused.item]);
      expect(keys()[1]).toBe(samples.refused.retryKey);
    });

    it("is read so: a later try makes the push in its place alone", async () => {
      await bridge.put(samples.refused.item);
      expect(await message(USER, { type: "Structured", content }, { receives: 2 })).toBe(true);
      expect(keys()).toEqual([samples.refused.retryKey]);
      expect(bridge.pushes()[0]?.messages[1].type).toBe("text");
    });
  });

  describe("reply tokens, and how a message goes out", () => {
    const brand = "harbour-thai";
    const hear = (replyToken: string, at: number) =>
      event(
        { userId: USER },
        { replyToken, timestamp: at, deliveryContext: { isRedelivery: false } },
        { brand, receivedAt: at + 500 },
      );

    it("are written so, by the worker and by the sender", async () => {
      await hear("the token of the first event", NOW - 60_000);
      await hear("the token of the second event", NOW - 2_000);
      expect(await itemsOf(`customer#${brand}`)).toEqual([samples.replies.customer]);
      expect(await message(USER, {}, { brand })).toBe(true);
      expect(await itemsOf("way#")).toEqual([samples.replies.accepted]);
    });

    it("are written so while LINE is asked, and when nobody knows what became of it", async () => {
      await bridge.put(samples.replies.customer);
      const during: Promise<Item[]>[] = [];
      bridge.standIns.own.answer = ({ path }) => {
        if (!path.endsWith("/reply")) return undefined;
        during.push(itemsOf("way#"));
        return { status: 503 };
      };
      expect(await message(USER, {}, { brand })).toBe(true);
      expect(await during[0]).toEqual([{ ...samples.replies.sending, until: expect.any(Number) }]);
      expect(await itemsOf("way#")).toEqual([samples.replies.pushed]);
      expect(bridge.pushes()).toHaveLength(1);
    });

    it.each([
      ["LINE has accepted the reply", samples.replies.accepted, 0],
      ["it is to be pushed", samples.replies.pushed, 1],
    ])("are read so: %s", async (_, item, pushes) => {
      await bridge.put(samples.replies.customer, item);
      expect(await message(USER, {}, { brand, receives: 2 })).toBe(true);
      expect([bridge.replies().length, bridge.pushes().length]).toEqual([0, pushes]);
    });

    it("are read so: a token is used", async () => {
      await bridge.put(samples.replies.customer);
      expect(await message(USER, {}, { brand })).toBe(true);
      expect(bridge.replies()).toMatchObject([{ replyToken: "the token of the second event" }]);
    });
  });

  describe("which pushes LINE has accepted", () => {
    /** Two pushes: LINE takes five messages in one. */
    const content = ["A", "B", "C", "D", "E", "F"].map((title) => ({
      contentType: "Card",
      card: { title, actions: [{ type: "Postback", text: "選択", payload: "p" }] },
    }));

    it("is written so", async () => {
      expect(await message(USER, { type: "Structured", content })).toBe(true);
      const [item] = await itemsOf("sent#");
      const sent = item?.sent;
      expect(sent).toBeInstanceOf(Set);
      expect({ ...item, sent: [...(sent as Set<string>)].sort() }).toEqual(samples.sent);
    });

    it("is read so: of a dead letter that came back, another copy had been delivered", async () => {
      await bridge.put({ ...samples.sent, sent: new Set(samples.sent.sent) });
      const SentParts = { DataType: "String", StringValue: '{"parts":2,"sent":["1"]}' };
      const attributes = { SentParts };
      expect(await message(USER, { type: "Structured", content }, { attributes })).toBe(true);
      expect(bridge.pushes()).toEqual([]);
    });
  });

  describe("how often trying a message has failed", () => {
    const messageId = samples.failures.pk.replace("failures#", "");
    const isDown = ({ path }: Request) =>
      path.includes("inbound/open") ? { status: 503 } : undefined;

    it("is written so", async () => {
      // Others succeed meanwhile.
      await event({ userId: BLOCKER });
      bridge.standIns.own.answer = isDown;
      for (let i = 0; i < 4; i += 1) await event({ userId: USER }, {}, { messageId });
      expect(await itemsOf("failures#")).toEqual([samples.failures]);
    });

    it("is read so", async () => {
      await bridge.put(samples.failures);
      bridge.standIns.own.answer = isDown;
      expect(await event({ userId: USER }, {}, { messageId })).toBe(false);
      expect(await itemsOf("failures#")).toEqual([{ ...samples.failures, failures: 5, alone: 5 }]);
      // Half of 2^5 and up to as much again at random: it is the fifth failure.
      const [seconds] = bridge.visibilities();
      expect(seconds).toBeGreaterThanOrEqual(16);
      expect(seconds).toBeLessThanOrEqual(32);
    });
  });

  describe("since when LINE speaks of its monthly limit to a message", () => {
    // The sender remembers for a minute that it could not ask whether messages are left.
    const brand = "outlet-thai";
    const body = { message: "You have reached your monthly limit." };
    const isOver = ({ path }: Request) =>
      path.endsWith("/push") ? { status: 429, body } : undefined;

    it("is written so", async () => {
      bridge.standIns.own.answer = isOver;
      expect(await message(USER, {}, { brand })).toBe(false);
      expect(await itemsOf("failures#")).toEqual([samples.limited]);
    });

    it("is read so", async () => {
      const limitedSince = NOW - 15 * 60_000;
      await bridge.put({ ...samples.limited, limitedSince });
      bridge.standIns.own.answer = isOver;
      expect(await message(USER, {}, { brand })).toBe(true);
      expect(bridge.standIns.sent.at(-1)?.attributes.Reason?.StringValue).toBe("QuotaExceeded");
    });
  });

  describe("whether a host works", () => {
    const isDown = ({ path }: Request) =>
      path.includes("inbound/open") ? { status: 503 } : undefined;

    it("is written so, before and after its breaker opens", async () => {
      const brand = "resort-thai";
      await event({ userId: "U1" }, {}, { brand });
      bridge.standIns.own.answer = isDown;
      await event({ userId: "U2" }, {}, { brand });
      expect(await itemsOf("breaker#")).toEqual([samples.breaker.closed]);
      await event({ userId: "U3" }, {}, { brand });
      await event({ userId: "U4" }, {}, { brand });
      expect(await itemsOf("breaker#")).toEqual([samples.breaker.open]);
    });

    it("is read so", async () => {
      const brand = "island-thai";
      const pk = samples.breaker.open.pk.replace("resort-thai", brand);
      await bridge.put({ ...samples.breaker.open, pk });
      bridge.standIns.own.answer = isDown;
      // The worker learns of it by a failure of its own, and asks no more.
      expect(await event({ userId: "U1" }, {}, { brand })).toBe(false);
      expect(await event({ userId: "U2" }, {}, { brand })).toBe(false);
      expect(bridge.posts()).toHaveLength(1);
      expect(bridge.visibilities()).toEqual([3, 3]);
    });
  });

  describe("the budget of requests to Genesys Cloud", () => {
    it("is written so", async () => {
      bridge.standIns.own.answer = ({ path }) =>
        path.includes("inbound/open")
          ? { status: 429, headers: { "retry-after": "20" } }
          : undefined;
      expect(await event({ userId: USER }, {}, { brand: "travel-thai" })).toBe(false);
      expect(await itemsOf("budget#")).toEqual([samples.budget]);
    });

    it("is read so", async () => {
      // The worker remembers the budget that it has written, so this is the one of another client.
      const pk = samples.budget.pk.replace("travel", "outlet");
      await bridge.put({ ...samples.budget, pk });
      expect(await event({ userId: USER }, {}, { brand: "outlet-thai" })).toBe(false);
      expect(bridge.posts()).toEqual([]);
      expect(bridge.visibilities()).toEqual([20]);
    });
  });

  describe("the record that a part of an event is delivered", () => {
    const [first, second] = deliveries.done;
    if (first === undefined || second === undefined) throw new Error("no sample");
    /** Two parts. */
    const longText = {
      webhookEventId: deliveries.webhookEventId,
      message: { type: "text", id: "46", text: `${"a".repeat(3_999)} ${"b".repeat(100)}` },
    };
    /** All but what other tests pin. */
    const records = async () =>
      (await bridge.items()).filter(({ pk }) => !/^(customer|budget|breaker)#/.test(pk));
    const messageIds = () => bridge.posts().map(({ body }) => body.channel.messageId);

    it("is written so, before and after", async () => {
      const before: Item[][] = [];
      bridge.standIns.own.answer = async ({ path }) => {
        if (path.includes("inbound/open")) before.push(await records());
        return undefined;
      };
      expect(await event({ userId: USER }, longText)).toBe(true);
      expect(before[0]).toEqual([deliveries.inProgress]);
      expect(await records()).toEqual(expect.arrayContaining(deliveries.done));
      expect(await records()).toHaveLength(2);
    });

    it.each([
      ["the first", first, ["46#2"]],
      ["the second", second, ["46"]],
    ])("is read so: %s part is not delivered again", async (_, record, others) => {
      await bridge.put(record);
      expect(await event({ userId: USER }, longText)).toBe(true);
      expect(messageIds()).toEqual(others);
    });

    it("is read so: what is being delivered waits", async () => {
      await bridge.put(deliveries.inProgress);
      expect(await event({ userId: USER }, longText)).toBe(false);
      expect(messageIds()).toEqual([]);
    });

    it.each([
      ["what another worker had no time left for", { heldUntil: NOW - 1 }],
      ["what is older than 16 days", { state: "delivered", expiresAt: NOW / 1_000 - 1 }],
    ])("is read so: %s is delivered", async (_, fields) => {
      await bridge.put({ ...deliveries.inProgress, ...fields });
      expect(await event({ userId: USER }, longText)).toBe(true);
      expect(messageIds()).toEqual(["46", "46#2"]);
    });
  });
}
