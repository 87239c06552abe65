import type { LocalRun } from "../../lib/local/local-run.ts";
import { createChance } from "./chance.ts";
import { conversation, FORGERY, markIn, type Spoken } from "./conversation.ts";
import { faultsOf } from "./faults-of.ts";
import { judge } from "./judge.ts";
import { createLeaks } from "./leaks.ts";
import { createLedger, recordKey, wayKey } from "./ledger.ts";
import type { DeadLetter } from "./queue-operator.ts";
import { isInWindow } from "./troubles.ts";

const NOW = 1_795_392_000_000;
const BRAND = "retail-japan";
const REACH_MS = 1_000;

interface Read {
  brandKey: string;
  userId: string;
  messageId: string;
  text: string;
  at: number;
}

/** De-duplication id in the queue. */
function queueIdOf({ id, event }: Spoken): string {
  return event?.webhookEventId ?? id;
}

/** A short run in which everything arrives, until a test changes what the other sides have got. */
function setUp() {
  const spoken = conversation(60, [BRAND], createChance("judge"), () => NOW).map((one) => ({
    ...one,
    isPoison: false,
  }));
  const ledger = createLedger(spoken);
  const read: Read[] = [];
  const shown: Read[] = [];
  for (const one of spoken) {
    const { id, parts, index, direction } = one;
    ledger.begunAt.set(index, NOW);
    ledger.askedAt.set(index, NOW);
    ledger.writtenAt.set(index, NOW + index);
    ledger.sequences.set(queueIdOf(one), String(index + 1).padStart(20, "0"));
    const alone = { at: NOW, ids: [queueIdOf(one)], isTimed: true, isExposed: false };
    ledger.receives.set(queueIdOf(one), [alone]);
    for (let part = 1; part <= parts; part += 1) {
      const messageId = part === 1 ? id : `${id}#${part}`;
      const text = `«${index}#${part}»`;
      const arrival = { brandKey: BRAND, userId: one.customer.userId, messageId, text, at: NOW };
      (direction === "inbound" ? read : shown).push(arrival);
      if (direction === "inbound") {
        ledger.accepted.push({ key: messageId, at: NOW });
        ledger.notedAt.set(recordKey(one, part), NOW + 1);
      }
    }
  }
  const of = (all: Read[], brandKey: string, userId: string) =>
    all.filter((one) => one.brandKey === brandKey && one.userId === userId);
  const run = {
    ready: { brands: { [BRAND]: {} } },
    genesys: {
      messages: (brandKey: string, userId: string) => of(read, brandKey, userId),
      conversations: () => [{ messages: read }],
      receipts: () => [],
    },
    line: {
      inbox: (brandKey: string, userId: string) =>
        of(shown, brandKey, userId).map(({ text, at }) => ({ message: { text }, at })),
    },
  } as unknown as LocalRun;
  const letters: { inbound: DeadLetter[]; outbound: DeadLetter[] } = { inbound: [], outbound: [] };
  const leaks = createLeaks(ledger.secrets);
  leaks.look("{}");
  const troubles: { until?: number; stuck?: Spoken } = {};
  const faults = (left: [string, number][] = []) => {
    const { until, stuck } = troubles;
    const period = () => (until === undefined ? undefined : { from: NOW, until });
    const verdict = judge(
      run,
      ledger,
      letters,
      { line: 0, genesys: 0 },
      { period, stuck: () => stuck },
    );
    return faultsOf({ verdict, ledger, leaks: leaks.found(), left: new Map(left) }, REACH_MS);
  };
  return { troubles, spoken, ledger, read, shown, letters, leaks, faults };
}

/** Places of two messages of the same customer, one after the other. */
function twoOf(all: Read[]): [number, number] {
  for (const [first, { userId }] of all.entries()) {
    const second = all.findIndex((one, place) => place > first && one.userId === userId);
    if (second > 0 && !all[second]?.messageId.includes("#")) return [first, second];
  }
  throw new Error("nobody said two things");
}

function swap(all: Read[]): void {
  const [first, second] = twoOf(all);
  const [one, other] = [all[first], all[second]];
  if (one === undefined || other === undefined) throw new Error("no such places");
  all[first] = other;
  all[second] = one;
}

describe("the judge of a chaos run", () => {
  it("finds nothing where everything has arrived", () => {
    expect(setUp().faults()).toEqual([]);
  });

  it.each([
    ["customers", "read"],
    ["agents", "shown"],
  ] as const)("sees what %s said lost, doubled, swapped and with somebody else", (who, side) => {
    const lost = setUp();
    lost[side].pop();
    expect(lost.faults()).toEqual([expect.stringContaining(`1 messages of ${who} were lost`)]);

    const doubled = setUp();
    doubled[side].push({ ...(doubled[side].at(-1) as Read) });
    expect(doubled.faults()).toEqual([
      expect.stringContaining(`1 messages of ${who} arrived twice`),
    ]);

    const swapped = setUp();
    swap(swapped[side]);
    expect(swapped.faults()).toEqual([
      expect.stringContaining(`messages of ${who} arrived out of order by sequence`),
    ]);

    const astray = setUp();
    const [first] = astray[side];
    const other = astray[side].find(({ userId }) => userId !== first?.userId) as Read;
    Object.assign(first as Read, { userId: other.userId });
    expect(astray.faults().join()).toMatch(
      who === "customers" ? "came from somebody else" : "went to somebody else",
    );
  });

  it.each([
    ["customers", "read"],
    ["agents", "shown"],
  ] as const)(
    "goes by what was received where the order of what %s said is swapped",
    (who, side) => {
      const { spoken, ledger, faults, ...run } = setUp();
      const [early, late] = twoOf(run[side]).map(
        (place) => spoken[markIn(run[side][place]?.text ?? "")?.index ?? -1],
      );
      if (early === undefined || late === undefined) throw new Error("no such messages");
      swap(run[side]);
      const ids = [early, late].map(queueIdOf);
      const both = { at: NOW, ids, isTimed: true, isExposed: false };
      // What was stored later was written earlier: they may have been received together.
      ledger.writtenAt.set(late.index, NOW + early.index - 1);
      expect(faults()).toEqual([
        expect.stringContaining(`1 messages of ${who} arrived out of order by sequence`),
      ]);
      for (const id of ids) ledger.receives.set(id, [both]);
      expect(faults()).toEqual([]);

      // In the queue's order again: they may not have been received together.
      swap(run[side]);
      expect(faults()).toEqual([
        expect.stringContaining(`1 messages of ${who} arrived out of order by time`),
      ]);
      for (const id of ids) ledger.receives.set(id, [{ ...both, ids: [id] }]);
      expect(faults()).toEqual([]);
    },
  );

  it("sees a customer's message with the words of another", () => {
    const { read, faults } = setUp();
    Object.assign(read[0] as Read, { text: read[1]?.text });
    expect(faults()).toEqual([expect.stringContaining("came from somebody else")]);
  });

  /** Genesys Cloud has accepted the first of the customers' messages once more, a minute later. */
  function doubled() {
    const run = setUp();
    const { messageId } = run.read[0] as Read;
    const first = run.ledger.accepted.find(({ key }) => key === messageId);
    const one = run.spoken.find(({ id }) => id === messageId);
    if (first === undefined || one === undefined) throw new Error("no message");
    run.read.push({ ...(run.read[0] as Read) });
    run.ledger.accepted.push({ key: messageId, at: NOW + 60_000 });
    return { ...run, first, key: recordKey(one, 1) };
  }

  it("accepts a double where the answer was lost", () => {
    const { first, faults } = doubled();
    expect(faults()).not.toEqual([]);
    first.lostBy = "cut after";
    expect(faults()).toEqual([]);
  });

  it("accepts a double where the worker was killed before it had noted the first", () => {
    const { ledger, key, faults } = doubled();
    ledger.kills.push({ service: "outbound-sender", from: NOW, to: NOW + 1 });
    ledger.kills.push({ service: "worker", from: NOW - 5, to: NOW - 1 });
    ledger.kills.push({ service: "worker", from: NOW + 60_001, to: NOW + 60_002 });
    ledger.notedAt.delete(key);
    expect(faults()).not.toEqual([]);
    ledger.kills.push({ service: "worker", from: NOW - 5, to: NOW + 1 });
    expect(faults()).toEqual([]);
    ledger.notedAt.set(key, NOW + 1);
    expect(faults()).not.toEqual([]);
  });

  it.each([
    ["customers", "read"],
    ["agents", "shown"],
  ] as const)("judges how long what %s said took beside brands in trouble", (who, side) => {
    const { spoken, ledger, faults, ...run } = setUp();
    const arrivals = run[side].map((one) => ({ one, index: markIn(one.text)?.index ?? -1 }));
    const tooLong = `messages of ${who} beside brands in trouble took too long: p95 ${REACH_MS + 1} ms`;
    const late = (isMeant: (index: number) => boolean) => {
      for (const { one, index } of arrivals) one.at = NOW + (isMeant(index) ? REACH_MS + 1 : 0);
    };
    late((index) => !isInWindow(index, spoken.length));
    expect(faults()).toEqual([]);
    late((index) => isInWindow(index, spoken.length));
    expect(faults()).toEqual([tooLong]);

    // A webhook's delay on its way is no matter of the bridge.
    for (const { index } of spoken) ledger.askedAt.set(index, NOW + 1);
    expect(faults()).toEqual([]);
    for (const { index } of spoken) ledger.askedAt.set(index, NOW);
    for (const one of spoken) one.brandKey = isInWindow(one.index, spoken.length) ? "slow" : BRAND;
    expect(faults().join()).not.toContain(tooLong);
  });

  it.each([
    ["customers", "read"],
    ["agents", "shown"],
  ] as const)("judges how long what %s said took after their brand was down", (who, side) => {
    const { spoken, faults, troubles, ...run } = setUp();
    const tooLong = `messages of ${who} after an outage took too long`;
    for (const one of [...spoken, ...run[side]]) one.brandKey = "down";
    for (const one of run[side]) one.at = NOW + 60_000;
    troubles.until = NOW + 30_000;
    expect(faults().join()).not.toContain(tooLong);
    troubles.until = NOW;
    expect(faults().join()).toContain(tooLong);
    const inWindow = spoken.filter(({ index }) => isInWindow(index, spoken.length));
    // Whoever waits behind the message that stays stuck is not measured.
    for (const { customer } of inWindow) customer.userId = "U1";
    troubles.stuck = inWindow[0] as Spoken;
    expect(faults().join()).not.toContain(tooLong);
  });

  it("wants enough messages measured in a run of some size", () => {
    const { spoken, faults } = setUp();
    const few = "were measured";
    expect(faults().join()).not.toContain(few);
    for (let index = spoken.length; index < 1_000; index += 1) {
      spoken.push({ ...(spoken[0] as Spoken), index, brandKey: "slow" });
    }
    expect(faults().filter((fault) => fault.includes(few))).toHaveLength(4);
  });

  it("wants everything that was refused for good, and nothing else, in the dead-letter queue", () => {
    const { spoken, read, letters, faults } = setUp();
    const poisoned = spoken.find(({ id }) => id === read[0]?.messageId) as Spoken;
    letters.inbound.push({ id: poisoned.id, reason: "GenesysRefused" });
    expect(faults()).toEqual([expect.stringContaining("were parked without a reason")]);
    poisoned.isPoison = true;
    expect(faults()).toEqual([]);
    letters.inbound.splice(0, 1, { id: poisoned.id, reason: "no reason" });
    expect(faults()).toEqual([expect.stringContaining("were parked without a reason")]);
    letters.inbound.splice(0);
    expect(faults()).toEqual([expect.stringContaining("were lost")]);
  });

  it("wants a receipt for what LINE refused for good", () => {
    const { spoken, shown, letters, faults } = setUp();
    const poisoned = spoken.find(({ id }) => id === shown[0]?.messageId) as Spoken;
    poisoned.isPoison = true;
    letters.outbound.push({ id: poisoned.id, reason: "LineRefused" });
    expect(faults()).toEqual([expect.stringContaining("failed without a receipt")]);
  });

  describe("of an agent's message that went out as a reply", () => {
    /** The message is a reply that LINE answered so, and stands in the chat twice. */
    function replied(status: number | undefined, tookMs = 10) {
      const run = setUp();
      const one = run.spoken.find(({ id }) => id === run.shown[0]?.messageId) as Spoken;
      const asked = { index: one.index, token: "t1", at: NOW, endedAt: NOW + tookMs };
      run.ledger.replies.push(status === undefined ? asked : { ...asked, status });
      run.ledger.decidedAt.set(wayKey(one), NOW - 1);
      run.shown.push({ ...(run.shown[0] as Read) });
      return { ...run, one };
    }

    it.each([
      ["no answer", undefined, 10],
      ["503", 503, 10],
      ["408", 408, 10],
      ["200 after ten seconds", 200, 10_000],
    ])("a second time is explained after %s", (_, status, tookMs) => {
      expect(replied(status, tookMs).faults()).toEqual([]);
    });

    it.each([200, 400, 429])("a second time is a double after a clear %i", (status) => {
      const { faults } = replied(status);
      expect(faults()).toEqual([expect.stringContaining("messages of agents arrived twice")]);
    });

    it("a second time is a double where another message has the unclear reply", () => {
      const { ledger, spoken, faults } = replied(undefined);
      for (const asked of ledger.replies) asked.index = (asked.index + 1) % spoken.length;
      expect(faults()).toEqual([expect.stringContaining("messages of agents arrived twice")]);
    });

    it("a second time is explained where the sender was killed before it had noted the first", () => {
      const { ledger, one, faults } = replied(200);
      ledger.kills.push({ service: "outbound-sender", from: NOW, to: NOW + 1 });
      expect(faults()).toEqual([]);
      // A kill in the same millisecond followed the note.
      for (const notedAt of [NOW - 1, NOW]) {
        ledger.notedAt.set(wayKey(one), notedAt);
        expect(faults()).toEqual([expect.stringContaining("messages of agents arrived twice")]);
      }
    });

    it("is in the dead letters only where its reply was unclear", () => {
      const { letters, shown, one, faults, ledger } = replied(undefined);
      const at = shown.findIndex(({ text }) => text.includes(`«${one.index}#`));
      shown.splice(at, 1);
      shown.pop();
      letters.outbound.push({ id: one.id, reason: "ReplyUnclear" });
      expect(faults()).toEqual([expect.stringContaining("failed without a receipt")]);
      for (const asked of ledger.replies) asked.status = 400;
      expect(faults()).toEqual(
        expect.arrayContaining([
          expect.stringContaining("were lost"),
          expect.stringContaining("were parked without a reason"),
        ]),
      );
    });

    it("has a token of its own", () => {
      const { ledger, shown, spoken, faults } = replied(200);
      shown.pop();
      expect(faults()).toEqual([]);
      const [first] = ledger.replies;
      if (first === undefined) throw new Error("it is there");
      // LINE refused our access token, and the reply was made again.
      first.status = 401;
      ledger.replies.push({ ...first, status: 200 });
      expect(faults()).toEqual([]);
      const index = (first.index + 1) % spoken.length;
      ledger.replies.push({ ...first, index, status: 400 });
      expect(faults()).toEqual([expect.stringContaining("1 reply tokens were used twice")]);
    });
  });

  it("sees strangers, leftovers and leaks", () => {
    const { read, ledger, leaks, faults } = setUp();
    read.push({ ...(read[0] as Read), messageId: "unknown", text: FORGERY });
    ledger.count("stranger got 200");
    ledger.secrets.add("0123456789abcdef0123456789abcdef");
    leaks.look('{"token":"0123456789abcdef0123456789abcdef"}');
    leaks.look(`{"user":"U${"0".repeat(32)}","text":"«1#1»"}`);
    expect(faults([["http://localhost/0/Japan_inbound_down.fifo", 2]])).toEqual([
      "2 messages stayed in Japan_inbound_down.fifo",
      "1 messages of strangers were let in",
      "stranger got 200",
      "the logs hold 1 times a token or secret",
      "the logs hold 1 times a text",
      "the logs hold 1 times a user id",
    ]);
  });
});
