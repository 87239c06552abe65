import type { messagingApi } from "@line/bot-sdk";
import fc from "fast-check";
import { retryKey } from "../../../../lambdas/outbound/sender/retry-key.ts";
import { OutageFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { answerFailure } from "../../../../lambdas/shared/line/failures.ts";
import { readable } from "../translate/render.ts";
import { startSender } from "./sender.ts";

const retail = { key: "retail-thai" };
const key = (...path: number[]) => retryKey(retail, "g1", ...path);

const card = (title: string) => ({
  contentType: "Card",
  card: { title, actions: [{ type: "Postback", text: "選択", payload: "p" }] },
});
const text = (body: string) => ({ contentType: "Text", text: { body } });

const refused = (message: string, ...properties: string[]) =>
  answerFailure({
    status: 400,
    headers: {},
    text: JSON.stringify({
      message,
      details: properties.map((property) => ({ message: "invalid uri", property })),
    }),
  });
const faulty = (index: number) =>
  refused("The request body has 1 error(s)", `messages[${index}].template.actions[0].uri`);
const types = (messages: messagingApi.Message[]) => messages.map(({ type }) => type);

describe("a push whose messages LINE refuses", () => {
  it("is made again with the named message as plain text, under a key of its own", async () => {
    const tries: string[][] = [];
    const { run, pushes, messages, counts, parked, enqueued, logged } = startSender({
      refusal: (some, retryKey) => {
        tries.push([retryKey, ...types(some)]);
        return some[1]?.type === "template" ? faulty(1) : undefined;
      },
    });
    expect(await run({ content: [card("A"), card("B"), text("C")] })).toEqual({
      batchItemFailures: [],
    });
    expect(tries).toEqual([
      [key(1), "template", "template", "text"],
      [key(1, 1), "template", "text", "text"],
    ]);
    expect(messages[1]).toEqual({ type: "text", text: "B\n1. 選択" });
    expect(pushes.map((push) => push.key)).toEqual([key(1, 1)]);
    expect(counts).toEqual(["SentAsText", "Pushed"]);
    expect([parked, enqueued]).toEqual([[], []]);
    expect(JSON.stringify(logged)).toContain("messages[1].template.actions[0].uri");
    expect(JSON.stringify(logged)).not.toMatch(/選択|U1/);
  });

  it("still asks in words for what it asked by quick reply", async () => {
    const { run, messages, counts, parked } = startSender({
      refusal: ([some]) => (some?.quickReply === undefined ? undefined : faulty(0)),
    });
    await run({ text: "A [LINE ASK: camera]" });
    expect(messages).toMatchObject([{ type: "text", text: expect.stringMatching(/^A\n\n.+/) }]);
    expect(counts).toEqual(["SentAsText", "Pushed"]);
    expect(parked).toEqual([]);
  });

  it("is plain text altogether after the second refusal, and parked after the third", async () => {
    let refusals = 0;
    const tries: string[][] = [];
    const texts: string[] = [];
    const { run, counts, parked, enqueued } = startSender({
      refusal: (some, retryKey) => {
        tries.push([retryKey, ...types(some)]);
        texts.splice(0, 9, ...readable(some));
        return faulty(refusals++ % 2);
      },
    });
    await run({ content: [card("A"), card("B")] });
    expect(tries).toEqual([
      [key(1), "template", "template"],
      [key(1, 1), "text", "template"],
      [key(1, 1, 1), "text", "text"],
    ]);
    // No number twice.
    expect(texts).toEqual(["A\n1. 選択", "B\n2. 選択"]);
    expect(counts).toEqual(["SentAsText", "SentAsText", "Failed"]);
    expect(parked).toEqual(["LineRefused"]);
    expect(enqueued[0]?.body).toContain("InvalidMessageStructure");
  });

  it.each([
    ["its message", refused("A message (messages[0]) in the request body is invalid", "/hero/url")],
    ["no message at all", refused("The request body has 1 error(s)")],
    ["a message that there is not", faulty(9)],
  ])("is made again as plain text where LINE names %s", async (_, refusal) => {
    const { run, messages } = startSender({
      refusal: (some) => (types(some).includes("template") ? refusal : undefined),
    });
    await run({ content: [card("A")] });
    expect(types(messages)).toEqual(["text"]);
  });

  it.each([
    ["the addressee", refused("The property, 'to', in the request body is invalid"), [card("A")]],
    ["the addressee in its details", refused("x", "to", "messages[0].text"), [card("A")]],
    ["the addressee, who does not exist", refused("Failed to send messages"), [card("A")]],
    ["what is plain text already", faulty(0), [text("A")]],
  ])("is not made again for %s", async (_, refusal, content) => {
    let tries = 0;
    const { run, parked, counts } = startSender({
      refusal: () => {
        tries += 1;
        return refusal;
      },
    });
    await run({ content });
    expect([tries, parked, counts]).toEqual([1, ["LineRefused"], ["Failed"]]);
  });

  it("holds LINE's limit of five messages, also where the text is longer than the card", async () => {
    const { run, pushes } = startSender({
      refusal: (some) => (types(some).includes("flex") ? faulty(1) : undefined),
    });
    const actions = Array.from({ length: 60 }, (_, n) => ({
      type: "Postback",
      text: `${n} ${"字".repeat(280)}`,
      payload: "p",
    }));
    await run({ text: "?", content: [{ contentType: "Card", card: { title: "A", actions } }] });
    const lines = pushes
      .flatMap(({ texts }) => texts)
      .join("")
      .match(/\d+\. \d+ 字{280}/g);
    expect(new Set(lines?.map((line) => Number.parseInt(line, 10))).size).toBe(60);
    expect(pushes.length).toBeGreaterThan(1);
    expect(pushes.every(({ texts }) => texts.length <= 5)).toBe(true);
  });

  it("is made in the same way by a later attempt, even if LINE has changed its mind", async () => {
    let attempt = 1;
    const { run, pushes } = startSender({
      refusal: (_, retryKey) => {
        if (attempt > 1) return undefined;
        return retryKey === key(1) ? faulty(0) : new OutageFailure("LINE answered 500.");
      },
    });
    const message = { content: [card("A")] };
    expect((await run(message)).batchItemFailures).toHaveLength(1);
    attempt = 2;
    await run(message, { ApproximateReceiveCount: "2" });
    expect(pushes.map((push) => push.key)).toEqual([key(1, 1)]);
  });

  it("says everything once, in order, whatever LINE answers and however often it is tried", async () => {
    const answer = fc.oneof(
      fc.constantFrom("accepted", "accepted", "lost", "down", "unnamed"),
      fc.nat(4),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
        fc.array(answer, { maxLength: 12 }),
        async (cards, answers) => {
          const left = [...answers];
          const accepted = new Map<string, messagingApi.Message[]>();
          const { run, parked } = startSender({
            refusal: (some, retryKey) => {
              if (accepted.has(retryKey)) return undefined;
              const next = left.shift() ?? "accepted";
              if (next === "down") return new OutageFailure("LINE answered 500.");
              if (next === "unnamed") return refused("invalid");
              if (typeof next === "number") return faulty(next);
              accepted.set(retryKey, some);
              return next === "lost" ? new OutageFailure("LINE did not answer.") : undefined;
            },
          });
          const marks = cards.map((_, index) => `<${index}>`);
          const content = cards.map((isCard, index) => (isCard ? card : text)(`<${index}>`));
          for (let receives = 1; receives < 20; receives += 1) {
            const { batchItemFailures } = await run(
              { content },
              { ApproximateReceiveCount: `${receives}` },
            );
            if (batchItemFailures.length === 0) break;
          }
          const said =
            readable([...accepted.values()])
              .join("")
              .match(/<\d+>/g) ?? [];
          expect(said).toEqual(parked.length > 0 ? marks.slice(0, said.length) : marks);
        },
      ),
      { numRuns: 300 },
    );
  });
});
