import { retryKey } from "../../../../lambdas/outbound/sender/retry-key.ts";
import { OutageFailure, PermanentFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { answerFailure } from "../../../../lambdas/shared/line/failures.ts";
import type { SentParts } from "../../../../lambdas/shared/queue/sent-parts.ts";
import { startSender } from "./sender.ts";

const key = (...path: number[]) => retryKey({ key: "retail-thai" }, "g1", ...path);

/** As LINE answers it when the month's messages are used up. */
const monthlyLimit = () =>
  answerFailure({
    status: 429,
    headers: {},
    text: JSON.stringify({ message: "You have reached your monthly limit." }),
  });
const faulty = (index: number) =>
  answerFailure({
    status: 400,
    headers: {},
    text: JSON.stringify({ message: "x", details: [{ property: `messages[${index}].template` }] }),
  });

/** Three pushes: LINE takes five texts of 5,000 characters in one. */
const threePushes = { text: "x ".repeat(25_001) };
const carrying = (parts: SentParts) => ({
  SentParts: { dataType: "String", stringValue: JSON.stringify(parts) },
});
const keysOf = (pushes: { key: string }[]) => pushes.map((push) => push.key);

describe("a message that is parked after some of its pushes", () => {
  it("carries which of them LINE has accepted", async () => {
    const { run, parked, parkedWith } = startSender({
      refusal: (_, retryKey) => (retryKey === key(3) ? monthlyLimit() : undefined),
    });
    await run(threePushes);
    expect(parked).toEqual(["QuotaExceeded"]);
    expect(parkedWith).toEqual([{ parts: 3, sent: ["1", "2"] }]);
  });

  it("carries also what an earlier try has sent, where the last one got less far", async () => {
    let tries = 0;
    const { run, parkedWith } = startSender({
      refusal: (_, retryKey) => {
        if (retryKey === key(1)) tries += 1;
        if (tries === 1) {
          return retryKey === key(3) ? new OutageFailure("LINE answered 500.") : undefined;
        }
        return retryKey === key(2) ? new PermanentFailure("LineRefused", "gone") : undefined;
      },
    });
    await run(threePushes);
    expect(parkedWith).toEqual([]);
    await run(threePushes, { ApproximateReceiveCount: "2" });
    expect(parkedWith).toEqual([{ parts: 3, sent: ["1", "2"] }]);
  });

  it("carries nothing where nothing was sent, nor notes anything of a single push", async () => {
    const { run, parked, parkedWith, sent } = startSender({
      refusal: (messages) => (messages.length === 1 ? undefined : monthlyLimit()),
    });
    await run(threePushes);
    await run({ text: "ok" });
    expect(parked).toEqual(["QuotaExceeded"]);
    expect(parkedWith).toEqual([]);
    expect(sent.size).toBe(0);
  });

  it("carries what LINE has refused before pushes in its place", async () => {
    const choice = (text: string) => ({
      contentType: "Card",
      card: { title: text, actions: [{ type: "Postback", text: "選択", payload: "p" }] },
    });
    const cards = ["A", "B", "C", "D", "E", "F"].map(choice);
    let isLimited = true;
    const tries: string[] = [];
    const circumstances = {
      refusal: (messages: { type: string }[], retryKey: string) => {
        tries.push(retryKey);
        if (messages[0]?.type === "template" && retryKey === key(1)) return faulty(0);
        return isLimited && retryKey === key(2) ? monthlyLimit() : undefined;
      },
    };
    const { run, parkedWith } = startSender(circumstances);
    await run({ content: cards });
    expect(parkedWith).toEqual([{ parts: 2, sent: ["1.1"], refused: { 1: [0] } }]);

    // Redriven days later: the tables have forgotten all of it.
    isLimited = false;
    tries.length = 0;
    const [letter] = parkedWith;
    const later = startSender(circumstances);
    await later.run({ content: cards }, {}, carrying(letter as SentParts));
    expect(tries).toEqual([key(2)]);
  });

  it("carries also the first of several pushes in the place of its only one", async () => {
    const actions = Array.from({ length: 60 }, (_, n) => ({
      type: "Postback",
      text: `${n} ${"字".repeat(280)}`,
      payload: "p",
    }));
    const { run, parkedWith } = startSender({
      refusal: (messages, retryKey) => {
        if (messages.some(({ type }) => type === "flex")) return faulty(1);
        return retryKey === key(1, 1, 2) ? monthlyLimit() : undefined;
      },
    });
    await run({ text: "?", content: [{ contentType: "Card", card: { title: "A", actions } }] });
    const refused = { "1": [1], "1.1": [0, 1, 2, 3, 4] };
    expect(parkedWith).toEqual([{ parts: 1, sent: ["1.1.1"], refused }]);
  });

  it("stays in its queue while nobody can tell, and its agent hears nothing", async () => {
    let isDown = true;
    const { run, parked, parkedWith, enqueued } = startSender({
      refusal: (_, retryKey) => (retryKey === key(2) ? monthlyLimit() : undefined),
      isTableDown: () => isDown,
    });
    expect((await run(threePushes)).batchItemFailures).toHaveLength(1);
    expect([parked, enqueued]).toEqual([[], []]);
    isDown = false;
    await run(threePushes, { ApproximateReceiveCount: "2" });
    expect(parkedWith).toEqual([{ parts: 3, sent: ["1"] }]);
    expect(enqueued).toHaveLength(1);
  });
});

describe("a message that comes back from the dead letters", () => {
  it("is sent without the parts that it carries", async () => {
    const { run, pushes, counts, sent } = startSender();
    await run(threePushes, {}, carrying({ parts: 3, sent: ["1"] }));
    expect(keysOf(pushes)).toEqual([key(2), key(3)]);
    expect(counts).toEqual(["Pushed", "Pushed"]);
    expect(sent.get("g1")).toEqual({ parts: 3, sent: ["2", "3"] });
  });

  it("is sent once, though another copy of the letter comes back later", async () => {
    const { run, pushes } = startSender();
    const letter = carrying({ parts: 3, sent: ["1"] });
    await run(threePushes, {}, letter);
    await run(threePushes, {}, letter);
    expect(keysOf(pushes)).toEqual([key(2), key(3)]);
  });

  it("carries all that was sent when it is parked again", async () => {
    const { run, parkedWith } = startSender({
      refusal: (_, retryKey) => (retryKey === key(3) ? monthlyLimit() : undefined),
    });
    await run(threePushes, {}, carrying({ parts: 3, sent: ["1"] }));
    expect(parkedWith).toEqual([{ parts: 3, sent: ["1", "2"] }]);
  });

  it("is parked, and nothing pushed, where it is split into another number of parts now", async () => {
    const { run, pushes, parked, parkedWith } = startSender();
    await run(threePushes, {}, carrying({ parts: 2, sent: ["1"] }));
    expect(pushes).toEqual([]);
    expect(parked).toEqual(["SplitChanged"]);
    expect(parkedWith).toEqual([{ parts: 2, sent: ["1"] }]);
  });

  it("keeps what it carries where it cannot be read, or its brand is gone", async () => {
    const parts = { parts: 2, sent: ["1"] };
    const { take, parked, parkedWith } = startSender();
    await take({ no: "message" }, {}, carrying(parts));
    const message = { id: "g1", type: "Text", text: "x", channel: { to: { id: "U1" } } };
    await take({ kind: "message", brand: "gone", message }, {}, carrying(parts));
    expect(parked).toEqual(["Unreadable", "UnknownBrand"]);
    expect(parkedWith).toEqual([parts, parts]);
  });

  it("is sent whole where what it carries cannot be read", async () => {
    const { run, pushes } = startSender();
    const SentParts = { dataType: "String", stringValue: "nonsense" };
    await run(threePushes, {}, { SentParts });
    expect(keysOf(pushes)).toEqual([key(1), key(2), key(3)]);
  });
});
