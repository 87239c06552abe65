import { createReplies } from "../../../../lambdas/outbound/sender/replies.ts";
import type { Brand } from "../../../../lambdas/shared/brand/brand.ts";
import { brandSettingsSchema } from "../../../../lambdas/shared/contract/brand-settings.ts";
import {
  HeldBack,
  LimitReached,
  NotConnected,
  OutcomeUnclear,
  PermanentFailure,
  Postponed,
} from "../../../../lambdas/shared/failures/failures.ts";
import type { SentParts } from "../../../../lambdas/shared/queue/sent-parts.ts";
import { createCustomerTable } from "../../../../lambdas/shared/tables/customer-table.ts";
import { createWayTable, type Way } from "../../../../lambdas/shared/tables/way-table.ts";
import { startTable, TABLE } from "../../local-table.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { workingHosts } from "../../working-hosts.ts";

const START = 1_795_392_000_000;
const STARTED = START - 3_600_000;
const messages = [{ type: "text" as const, text: "Good morning" }];
const REFUSED = new PermanentFailure("LineRefused", "LINE refused with 400.");
const UNCLEAR = new OutcomeUnclear("LINE answered 503.");

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

interface Circumstances {
  settings?: Partial<Brand["settings"]>;
  /** What LINE answers to a reply with this token. */
  answer?: (token: string) => Promise<void>;
  /** Of a write to the table of ways, before it. */
  tableFault?: (to: Way) => Error | undefined;
  hosts?: Brand["hosts"];
  /** What is noted of pushes that LINE has accepted. */
  sent?: SentParts;
}

interface Tried {
  receives?: number;
  failures?: number;
  /** When SQS gave it out first, so many ms after the sender has started. */
  firstReceived?: number;
  /** Attributes that an operator has given it. */
  redriven?: string[];
}

let brands = 0;
/** A brand in its own part of a table that works as DynamoDB does, and a LINE that notes what it is asked. */
function setUp({
  settings = { reply: "reply-first" },
  answer = async () => undefined,
  tableFault = () => undefined,
  hosts = workingHosts,
  sent,
}: Circumstances = {}) {
  const state = { now: START };
  const now = () => state.now;
  const key = `brand-${++brands}`;
  const table = { documents: server.documents, name: TABLE, now };
  const customers = createCustomerTable(key, table);
  const stored = createWayTable(key, table);
  const ways: typeof stored = {
    ...stored,
    async change(id, from, to) {
      const fault = tableFault(to);
      if (fault !== undefined) throw fault;
      return stored.change(id, from, to);
    },
  };
  const asked: string[] = [];
  const counts: string[] = [];
  const unused = () => {
    throw new Error("A reply has no use for this.");
  };
  const write = () => undefined;
  const brand: Brand = {
    key,
    settings: brandSettingsSchema.parse({ customAttributes: {}, ...settings }),
    line: {
      async reply(token) {
        asked.push(token);
        await answer(token);
        return [];
      },
      push: unused,
      profile: unused,
      showLoading: unused,
      markAsRead: unused,
      quota: unused,
    },
    customers,
    ways,
    buttons: { put: unused, get: unused },
    quotes: { keep: unused, unsent: unused, forget: unused, get: unused },
    refused: { put: unused, get: unused },
    sent: { add: unused, get: async () => sent },
    media: {
      store: {
        put: unused,
        find: unused,
        read: unused,
        findFirst: unused,
        deleteAll: unused,
        urlOf: unused,
      },
      prefix: unused,
    },
    hosts,
    log: { info: write, warn: write, error: write },
    count: (metric) => void counts.push(metric),
    measure: unused,
  };
  /** The customer has written so many ms ago. */
  const hear = (token: string, ago = 1_000) =>
    customers.heardFrom("U1", [
      { at: START + ++heard, replyToken: { token, receivedAt: state.now - ago } },
    ]);
  let heard = 0;
  /** A try to send the message, as one sender makes it. */
  async function sender(tried: Tried = {}) {
    const { receives = 1, failures = 0, firstReceived = 60_000, redriven = [] } = tried;
    const messageAttributes = Object.fromEntries(
      redriven.map((name) => [name, { dataType: "Number", stringValue: String(START) }]),
    );
    const attempt = {
      record: {
        ...sqsRecord(
          "r",
          `${key}#U1`,
          {},
          {
            ApproximateFirstReceiveTimestamp: String(STARTED + firstReceived),
          },
        ),
        messageAttributes,
      },
      receives,
      inHand: 1,
      endsAt: now() + 60_000,
      failures: async () => failures,
    };
    const conversation = await stored.read("g1", "U1");
    return createReplies({ id: "g1", to: "U1" }, conversation, brand, attempt, {
      now,
      sleep: async () => undefined,
      startedAt: STARTED,
    });
  }
  const first = async (tried: Tried = {}) => (await sender(tried)).first(messages);
  const wayNow = async () => (await stored.read("g1", "U1")).way;
  return { state, hear, sender, first, asked, counts, wayNow, ways: stored, customers };
}

const PUSH: Way = { way: "push", isUnclear: false };
const PUSH_UNCLEAR: Way = { way: "push", isUnclear: true };
const ACCEPTED: Way = { way: "reply", state: "accepted" };
const refuse = (error: Error) => async () => {
  throw error;
};

describe("the first part of a message", () => {
  it("goes out by the oldest token that is usable, so that later answers have the newer ones", async () => {
    const { hear, first, asked, counts, wayNow, customers } = setUp();
    await hear("too old", 45_000);
    await hear("oldest usable", 44_999);
    await hear("newest", 1_000);
    expect(await first()).toBe(true);
    expect(asked).toEqual(["oldest usable"]);
    expect(counts).toEqual(["Replied"]);
    expect(await wayNow()).toEqual(ACCEPTED);
    const left = (await customers.get("U1")).replyTokens.map(({ token }) => token);
    expect(left).toEqual(["newest", "too old"]);
  });

  it("is pushed, and that is written down, where no token is usable", async () => {
    const { hear, first, asked, wayNow } = setUp();
    await hear("too old", 45_000);
    expect(await first()).toBe(false);
    expect(asked).toEqual([]);
    expect(await wayNow()).toEqual(PUSH);
  });

  it("is pushed, and nothing is written, where the brand pushes", async () => {
    const { hear, first, asked, wayNow } = setUp({ settings: { reply: "push" } });
    await hear("fresh");
    expect(await first()).toBe(false);
    expect([asked, await wayNow()]).toEqual([[], undefined]);
  });

  it("is replied once by two senders at the same time, and one token is left", async () => {
    const { hear, sender, asked, customers } = setUp();
    await hear("t1");
    await hear("t2");
    const senders = await Promise.all([sender(), sender(), sender()]);
    const outcomes = await Promise.allSettled(senders.map((one) => one.first(messages)));
    expect(asked).toHaveLength(1);
    // The others come back later, or find it done.
    for (const one of outcomes) {
      if (one.status === "rejected") expect(one.reason).toBeInstanceOf(Postponed);
      else expect(one.value).toBe(true);
    }
    expect((await customers.get("U1")).replyTokens.length).toBeLessThanOrEqual(1);
  });

  it("uses no token twice, also when the customer's event is taken up again", async () => {
    const { hear, first, asked, customers } = setUp();
    await hear("t1");
    await first();
    await customers.heardFrom("U1", [
      { at: START + 1, replyToken: { token: "t1", receivedAt: START } },
    ]);
    expect((await customers.get("U1")).replyTokens).toEqual([]);
    expect(asked).toEqual(["t1"]);
  });

  it("takes a token that a newer event has moved, or another one where it is taken", async () => {
    const { hear, sender, asked } = setUp();
    await hear("t1");
    const reader = await sender();
    await hear("t2");
    expect(await reader.first(messages)).toBe(true);
    expect(asked).toEqual(["t1"]);
  });
});

describe("what is written is followed", () => {
  it.each([
    [ACCEPTED, true],
    [PUSH, false],
    [PUSH_UNCLEAR, false],
  ])("%j: gone out %s, whatever tokens there are", async (way, isDone) => {
    for (const reply of ["push", "reply-first"] as const) {
      const { hear, first, ways, asked } = setUp({ settings: { reply } });
      await hear("fresh");
      await ways.decide("g1", way);
      expect(await first({ receives: 2 })).toBe(isDone);
      expect(asked).toEqual([]);
    }
  });

  it("waits while another sender may still be replying, and not longer", async () => {
    const { first, ways, state, asked, counts, wayNow } = setUp();
    await ways.decide("g1", {
      way: "reply",
      state: "sending",
      by: "another#1",
      until: START + 30_000,
    });
    await expect(first({ receives: 2 })).rejects.toMatchObject({
      constructor: Postponed,
      seconds: 31,
    });
    state.now += 30_001;
    expect(await first({ receives: 2 })).toBe(false);
    expect(await wayNow()).toEqual(PUSH_UNCLEAR);
    expect([asked, counts]).toEqual([[], ["ReplyUnclearPushed"]]);
  });

  it.each<[Tried, string]>([
    [{ receives: 2, firstReceived: -1 }, "a push may have left under another setting"],
    [{ receives: 2, firstReceived: 59_999 }, "Lambda may still have run the version before"],
    [{ redriven: ["TriedSince"] }, "a try before it became a dead letter"],
  ])("without a decision: pushed after %j, %s", async (tried) => {
    const { hear, first, asked, wayNow } = setUp();
    await hear("fresh");
    expect(await first(tried)).toBe(false);
    expect([asked, await wayNow()]).toEqual([[], PUSH]);
  });

  it("without a decision: replied after put-offs and failures, which came before anything left", async () => {
    const { hear, first, asked } = setUp();
    await hear("fresh");
    expect(await first({ receives: 3, failures: 1 })).toBe(true);
    expect(asked).toEqual(["fresh"]);
  });

  it("nothing is decided while nothing can go out, because a token may be usable later", async () => {
    const held = new HeldBack("LINE does not work.", { isAccessRefused: false });
    const hosts = { ...workingHosts, ensureWorking: refuse(held) };
    const { first, wayNow } = setUp({ hosts });
    await expect(first()).rejects.toBe(held);
    expect(await wayNow()).toBeUndefined();
  });

  it("but not where an operator wants it to be pushed anyway", async () => {
    const { sender, ways, state } = setUp({
      settings: { reply: "reply-first", replyUnclear: "fail" },
    });
    await ways.decide("g1", { way: "reply", state: "sending", by: "another#1", until: START });
    state.now += 1;
    const replies = await sender({ redriven: ["PushAnyway"] });
    expect(await replies.first(messages)).toBe(false);
    // Where the monthly limit stops the push, it is parked for what it was before.
    expect(replies.isUnclear()).toBe(true);
  });
});

describe("a reply that LINE refuses, or that was never made", () => {
  it.each([
    ["400", REFUSED],
    ["429", new LimitReached(REFUSED)],
    ["no connection", new NotConnected("LINE cannot be reached.")],
  ])("%s: is pushed", async (_, error) => {
    const { hear, first, counts, wayNow } = setUp({ answer: refuse(error) });
    await hear("t1");
    expect(await first()).toBe(false);
    expect([counts, await wayNow()]).toEqual([[], PUSH]);
  });

  it("takes no token where the breaker is open", async () => {
    const held = new HeldBack("LINE does not work.", { isAccessRefused: false });
    const hosts = { ...workingHosts, ensureWorking: refuse(held) };
    const { hear, first, asked, wayNow, customers } = setUp({ hosts });
    await hear("t1");
    await expect(first()).rejects.toBe(held);
    expect([asked, await wayNow()]).toEqual([[], undefined]);
    expect((await customers.get("U1")).replyTokens).toHaveLength(1);
  });

  it("is pushed where the breaker opens in between", async () => {
    const held = new HeldBack("LINE does not work.", { isAccessRefused: false });
    const { hear, first, asked, wayNow } = setUp({
      hosts: { ...workingHosts, guard: refuse(held) },
    });
    await hear("t1");
    expect(await first()).toBe(false);
    expect([asked, await wayNow()]).toEqual([[], PUSH]);
  });
});

describe("a reply of which nobody knows what became", () => {
  it("is pushed and counted where the brand wants that", async () => {
    const { hear, first, counts, wayNow, sender } = setUp({ answer: refuse(UNCLEAR) });
    await hear("t1");
    expect(await first()).toBe(false);
    expect([counts, await wayNow()]).toEqual([["ReplyUnclearPushed"], PUSH_UNCLEAR]);
    // A later try pushes again, and is no second unclear reply.
    const later = await sender({ receives: 2, failures: 1 });
    expect(await later.first(messages)).toBe(false);
    expect([counts.length, later.isUnclear()]).toEqual([1, true]);
  });

  it("fails where the brand wants that, at every try", async () => {
    const settings = { reply: "reply-first", replyUnclear: "fail" } as const;
    const { hear, first, state, asked } = setUp({ settings, answer: refuse(UNCLEAR) });
    await hear("t1");
    await expect(first()).rejects.toMatchObject({ reason: "ReplyUnclear" });
    state.now += 60_001;
    await hear("t2");
    await expect(first({ receives: 2 })).rejects.toMatchObject({ reason: "ReplyUnclear" });
    expect(asked).toEqual(["t1"]);
  });

  it("is also what the guard says in other words", async () => {
    const hosts: Brand["hosts"] = {
      ...workingHosts,
      guard: (_host, _asking, call) =>
        call().catch(refuse(new HeldBack("x", { isAccessRefused: false }))),
    };
    const { hear, first, counts } = setUp({ answer: refuse(UNCLEAR), hosts });
    await hear("t1");
    expect(await first()).toBe(false);
    expect(counts).toEqual(["ReplyUnclearPushed"]);
  });
});

describe("what became of a reply", () => {
  it("is written down although DynamoDB fails three times", async () => {
    let faults = 3;
    const tableFault = () => (faults-- > 0 ? new Error("DynamoDB is away") : undefined);
    const { hear, first, wayNow } = setUp({ tableFault });
    await hear("t1");
    expect(await first()).toBe(true);
    expect(await wayNow()).toEqual(ACCEPTED);
  });

  it("is not tried again where it stays unwritten: that would double it", async () => {
    const { hear, first, wayNow } = setUp({ tableFault: () => new Error("DynamoDB is away") });
    await hear("t1");
    expect(await first()).toBe(true);
    expect(await wayNow()).toMatchObject({ state: "sending" });
  });

  it("holds up the message where LINE has refused it and that stays unwritten", async () => {
    const { hear, first } = setUp({
      answer: refuse(REFUSED),
      tableFault: () => new Error("DynamoDB is away"),
    });
    await hear("t1");
    await expect(first()).rejects.toThrow("DynamoDB is away");
  });
});

describe("in the place of a push that the monthly limit has stopped", () => {
  it.each(["push", "reply-first"] as const)(
    "a reply goes out, in a brand with %s",
    async (reply) => {
      const { hear, sender, asked, wayNow } = setUp({ settings: { reply } });
      const replies = await sender();
      expect(await replies.first(messages)).toBe(false);
      // The customer writes meanwhile.
      await hear("t1");
      expect(await replies.insteadOfPush(messages)).toBe(true);
      expect([asked, await wayNow()]).toEqual([["t1"], ACCEPTED]);
    },
  );

  it("no reply goes out without a token, nor after a try that may have left a push", async () => {
    const { hear, sender, asked } = setUp({ settings: { reply: "push" } });
    expect(await (await sender()).insteadOfPush(messages)).toBe(false);
    await hear("t1");
    const later = await sender({ receives: 2, failures: 1 });
    expect(await later.insteadOfPush(messages)).toBe(false);
    expect(asked).toEqual([]);
  });

  it("no reply goes out where an earlier try has decided to push, or may have pushed", async () => {
    const { hear, sender, first, asked } = setUp();
    expect(await first()).toBe(false);
    await hear("t1");
    const later = await sender({ receives: 2 });
    expect(await later.first(messages)).toBe(false);
    expect(await later.insteadOfPush(messages)).toBe(false);
    const pushing = setUp({ settings: { reply: "push" }, sent: { parts: 2, sent: ["1"] } });
    await pushing.hear("t1");
    const second = await pushing.sender({ receives: 2 });
    expect(await second.insteadOfPush(messages)).toBe(false);
    expect([asked, pushing.asked]).toEqual([[], []]);
  });

  it("a reply goes out after a put-off, which is no try", async () => {
    const { hear, sender, asked } = setUp({ settings: { reply: "push" } });
    await hear("t1");
    const later = await sender({ receives: 2 });
    expect(await later.insteadOfPush(messages)).toBe(true);
    expect(asked).toEqual(["t1"]);
  });

  it("another sender's reply is waited for, also where no token is left", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const settings = { reply: "push" } as const;
    const { hear, sender, asked } = setUp({ settings, answer: () => promise });
    await hear("t1");
    const [one, other] = [await sender(), await sender({ receives: 2 })];
    const replied = one.insteadOfPush(messages);
    while (asked.length === 0) await new Promise(setImmediate);
    await expect(other.insteadOfPush(messages)).rejects.toBeInstanceOf(Postponed);
    resolve();
    expect(await replied).toBe(true);
    expect(await other.insteadOfPush(messages)).toBe(true);
    expect(asked).toEqual(["t1"]);
  });

  it("no second reply goes out after an unclear one", async () => {
    const { hear, sender, asked } = setUp({ answer: refuse(UNCLEAR) });
    await hear("t1");
    await hear("t2");
    const replies = await sender();
    expect(await replies.first(messages)).toBe(false);
    expect(await replies.insteadOfPush(messages)).toBe(false);
    expect(asked).toEqual(["t1"]);
  });
});
