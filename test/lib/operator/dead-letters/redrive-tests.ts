import { randomUUID } from "node:crypto";
import { SendMessageCommand, type SendMessageCommandInput } from "@aws-sdk/client-sqs";
import { type RedriveOptions, redrive } from "../../../../lib/operator/dead-letters/redrive.ts";
import { isComplete } from "../../../../lib/operator/dead-letters/redrive-result.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import { localTarget, type Target } from "../../../../lib/operator/market/target.ts";
import { eventually } from "../../local/eventually.ts";
import { type LocalMarket, withoutWaiting } from "../local-market.ts";
import { recordingTerminal } from "../recording-terminal.ts";
import { type LetterBox, letterBox, type ParkedLetter } from "./letter-box.ts";

const HOUR = 3_600_000;
const EVERYTHING: RedriveOptions = { dryRun: false, allowDuplicate: false };

export function redriveTests(running: () => LocalMarket): void {
  let market: LocalMarket;
  let boxes: Record<"inbound" | "outbound", LetterBox>;
  let one: BrandStack;
  let two: BrandStack;
  beforeAll(async () => {
    market = running();
    boxes = { inbound: letterBox(market, "inbound"), outbound: letterBox(market, "outbound") };
    [one, two] = await market.brandsInUse();
  });
  afterEach(async () => {
    await boxes.inbound.empty();
    await boxes.outbound.empty();
  });

  const newUser = () => `U${randomUUID().replaceAll("-", "")}`;

  const opened: Target[] = [];
  afterEach(() => {
    for (const { aws } of opened.splice(0)) aws.sqs.destroy();
  });

  /** The market, where nothing arrives in the queues: `sent` is what was sent there. */
  function withSealedQueues(onSend: (letter: ParkedLetter) => unknown = () => {}) {
    const target = withoutWaiting(localTarget(market.run.runFile));
    opened.push(target);
    const sent: SendMessageCommandInput[] = [];
    target.aws.sqs.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName !== "SendMessageCommand") return next(args);
          const input = args.input as SendMessageCommandInput;
          await onSend({ groupId: input.MessageGroupId ?? "", body: input.MessageBody ?? "" });
          sent.push(input);
          return { output: { $metadata: {} }, response: {} };
        },
      { step: "initialize" },
    );
    return { target, sent };
  }

  function redriving(
    options: Partial<RedriveOptions> = {},
    {
      target = market.target,
      terminal = recordingTerminal(),
      stopping,
    }: {
      target?: Target;
      terminal?: ReturnType<typeof recordingTerminal>;
      stopping?: AbortSignal;
    } = {},
  ) {
    const clock = { ...market.clock, ...(stopping && { stopping }) };
    return redrive(target, { ...EVERYTHING, ...options }, terminal, clock);
  }

  /** An agent's message that was parked, written `hours` ago. */
  function agentsLetter(hours: number | undefined, reason: string): ParkedLetter {
    const to = newUser();
    const time =
      hours === undefined ? undefined : new Date(Date.now() - hours * HOUR).toISOString();
    const message = { id: randomUUID(), channel: { time, to: { id: to } }, text: "secret words" };
    const body = JSON.stringify({ kind: "message", brand: one.key, message });
    return { groupId: `${one.key}#${to}`, body, reason };
  }

  const inboundLetter = (body: string, brand = one, user = newUser()): ParkedLetter => ({
    groupId: `${brand.key}#${user}`,
    body,
    reason: "GenesysRefused",
  });

  describe("a dry run", () => {
    it("says what would be done, and leaves every letter where it is", async () => {
      await boxes.inbound.put(inboundLetter("1"));
      await boxes.inbound.put({ ...inboundLetter("2"), reason: undefined });
      await boxes.outbound.put(agentsLetter(1, "LineRefused"));
      await boxes.outbound.put(agentsLetter(30, "PatienceExceeded"));
      const { target, sent } = withSealedQueues();
      const terminal = recordingTerminal();
      const results = await redriving({ dryRun: true }, { target, terminal });
      const nothing = {
        redriven: {},
        parkedAgain: {},
        heldBack: {},
        withoutQueue: {},
        others: {},
        unseen: 0,
      };
      expect(results).toEqual([
        { ...nothing, queue: "inbound", redriven: { GenesysRefused: 1, none: 1 } },
        {
          ...nothing,
          queue: "outbound",
          redriven: { LineRefused: 1 },
          heldBack: { PatienceExceeded: 1 },
        },
      ]);
      expect(terminal.lines).toEqual([
        expect.stringMatching(
          /^inbound: 2 will go back \((GenesysRefused 1, none 1|none 1, GenesysRefused 1)\)$/,
        ),
        "outbound: 1 will go back (LineRefused 1)",
        expect.stringMatching(/^outbound: 1 stay: .*--allow-duplicate.* \(PatienceExceeded 1\)$/),
      ]);
      expect(terminal.screen()).not.toContain("secret words");
      expect([terminal.confirmed, sent]).toEqual([[], []]);
      expect(await boxes.inbound.peek()).toHaveLength(2);
      expect(await boxes.outbound.peek()).toHaveLength(2);
    });

    it("says that there are none", async () => {
      const terminal = recordingTerminal();
      await redriving({}, { terminal });
      expect(terminal.lines).toEqual(["inbound: no dead letters", "outbound: no dead letters"]);
      expect(terminal.confirmed).toEqual([]);
    });
  });

  describe("the choice", () => {
    const filled = async () => {
      await boxes.inbound.put(inboundLetter("refused", one));
      await boxes.inbound.put({ ...inboundLetter("late", one), reason: "PatienceExceeded" });
      await boxes.inbound.put(inboundLetter("of another brand", two));
      await boxes.outbound.put(agentsLetter(1, "LineRefused"));
    };
    const bodiesOf = (letters: { body?: string | undefined; MessageBody?: string | undefined }[]) =>
      letters.map(({ body, MessageBody }) => body ?? MessageBody).sort();

    it.each([
      ["by reason", () => ({ reason: "PatienceExceeded" }), ["late"], 1],
      ["by brand", () => ({ brand: two.key }), ["of another brand"], 1],
      [
        "by queue",
        () => ({ queue: "inbound" as const }),
        ["late", "of another brand", "refused"],
        1,
      ],
      ["by reason and brand", () => ({ reason: "GenesysRefused", brand: one.key }), ["refused"], 1],
    ])(
      "%s takes these alone, and the others can be seen at once",
      async (_, choice, bodies, agents) => {
        await filled();
        const { target, sent } = withSealedQueues();
        const terminal = recordingTerminal();
        await redriving(choice(), { target, terminal });
        expect(bodiesOf(sent)).toEqual(bodies);
        const all = ["late", "of another brand", "refused"];
        expect(bodiesOf(await boxes.inbound.peek())).toEqual(
          all.filter((body) => !bodies.includes(body)),
        );
        expect(await boxes.outbound.peek()).toHaveLength(agents);
        expect(terminal.lines).toContain(
          "Order is not kept: messages that came later have been delivered. Agents have been told that these failed.",
        );
        expect(terminal.confirmed).toEqual(["Go on?"]);
      },
    );

    it("of a brand that there is none of is a mistake", async () => {
      const redriven = redriving({ brand: "shop-0" });
      await expect(redriven).rejects.toThrow(
        "--brand shop-0: there is none in this market; choose one of shop-1, shop-2, ",
      );
    });
  });

  describe("what goes back", () => {
    it("keeps body and customer, and gets a new de-duplication id", async () => {
      const letter = inboundLetter('{"some": "body" }');
      await boxes.inbound.put(letter);
      const { target, sent } = withSealedQueues();
      await redriving({}, { target });
      expect(sent).toEqual([
        {
          QueueUrl: one.queues.inbound,
          MessageBody: letter.body,
          MessageGroupId: letter.groupId,
          MessageDeduplicationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      ]);
      expect(await boxes.inbound.peek()).toEqual([]);
    });

    it("carries which of its parts have been sent", async () => {
      const inbound = '{"parts":2,"sent":["1"]}';
      const outbound = '{"parts":3,"sent":["1","2"]}';
      await boxes.inbound.put({ ...inboundLetter("1"), sentParts: inbound });
      await boxes.outbound.put({ ...agentsLetter(30, "QuotaExceeded"), sentParts: outbound });
      await boxes.outbound.put({ ...agentsLetter(1, "LineRefused"), sentParts: outbound });
      const { target, sent } = withSealedQueues();
      await redriving({}, { target });
      const TriedSince = { DataType: "Number", StringValue: expect.stringMatching(/^\d+$/) };
      const parts = (StringValue: string) => ({ SentParts: { DataType: "String", StringValue } });
      const attributes = sent.map(({ MessageAttributes }) => MessageAttributes);
      expect(attributes).toHaveLength(3);
      expect(attributes[0]).toEqual(parts(inbound));
      expect(attributes).toContainEqual(parts(outbound));
      expect(attributes).toContainEqual({ TriedSince, ...parts(outbound) });
    });

    it("is what is now split into other parts only where a duplicate is allowed, and then all of it", async () => {
      const sentParts = '{"parts":2,"sent":["1"]}';
      const reason = "SplitChanged";
      await boxes.inbound.put({ ...inboundLetter("1"), reason, sentParts });
      await boxes.outbound.put({ ...agentsLetter(30, reason), sentParts });
      const { target, sent } = withSealedQueues();
      const held = await redriving({}, { target });
      expect(held.map(({ heldBack }) => heldBack)).toEqual([{ [reason]: 1 }, { [reason]: 1 }]);
      expect(sent).toEqual([]);
      await redriving({ allowDuplicate: true }, { target });
      expect(sent.map(({ MessageAttributes }) => MessageAttributes)).toEqual([
        undefined,
        undefined,
      ]);
    });

    it("is a reply that may have arrived only where a duplicate is allowed, and then it is pushed", async () => {
      const reason = "ReplyUnclear";
      await boxes.outbound.put(agentsLetter(1, reason));
      const { target, sent } = withSealedQueues();
      const held = await redriving({ queue: "outbound" }, { target });
      expect(held.map(({ heldBack }) => heldBack)).toEqual([{ [reason]: 1 }]);
      expect(sent).toEqual([]);
      await redriving({ allowDuplicate: true }, { target });
      expect(
        sent.map(({ MessageAttributes }) => MessageAttributes?.PushAnyway?.StringValue),
      ).toEqual(["true"]);
    });

    it("goes to the queue of its brand", async () => {
      await boxes.inbound.put(inboundLetter("1", two));
      await boxes.outbound.put(agentsLetter(1, "LineRefused"));
      const { target, sent } = withSealedQueues();
      await redriving({}, { target });
      expect(sent.map(({ QueueUrl }) => QueueUrl)).toEqual([
        two.queues.inbound,
        one.queues.outbound,
      ]);
    });

    it("is not what a brand has left behind that was removed: that stays, and the others go", async () => {
      const gone = { ...one, key: "shop-gone" };
      await boxes.inbound.put(inboundLetter("1", gone));
      await boxes.inbound.put(inboundLetter("2", one));
      const { target, sent } = withSealedQueues();
      const terminal = recordingTerminal();
      const [result] = await redriving({ queue: "inbound" }, { target, terminal });
      expect(sent.map(({ MessageBody }) => MessageBody)).toEqual(["2"]);
      expect(result).toMatchObject({
        redriven: { GenesysRefused: 1 },
        withoutQueue: { "shop-gone": 1 },
      });
      expect(terminal.lines).toContainEqual(
        expect.stringMatching(
          /^inbound: 1 stay: the brand shop-gone is not in the configuration of this market, so that it has no queue\. .*deployed/,
        ),
      );
      expect((await boxes.inbound.peek()).map(({ body }) => body)).toEqual(["1"]);
    });

    it("is all of a customer's letters in their order, though SQS shows ten at a time", async () => {
      const user = newUser();
      const bodies = Array.from({ length: 23 }, (_, index) => String(index));
      for (const body of bodies) await boxes.inbound.put(inboundLetter(body, one, user));
      const { target, sent } = withSealedQueues();
      const terminal = recordingTerminal();
      const [result] = await redriving({ queue: "inbound" }, { target, terminal });
      expect(terminal.lines).toContainEqual(
        expect.stringMatching(
          /^inbound: 13 could not be looked at: they wait behind other letters/,
        ),
      );
      expect(sent.map(({ MessageBody }) => MessageBody)).toEqual(bodies);
      expect(result).toMatchObject({ redriven: { GenesysRefused: 23 }, unseen: 0 });
      expect(await boxes.inbound.peek()).toEqual([]);
    });

    it("says what it could not look at behind letters that were not chosen", async () => {
      const user = newUser();
      for (let i = 0; i < 10; i += 1) await boxes.inbound.put(inboundLetter(String(i), one, user));
      await boxes.inbound.put({
        ...inboundLetter("wanted", one, user),
        reason: "PatienceExceeded",
      });
      const terminal = recordingTerminal();
      const [result] = await redriving(
        { queue: "inbound", reason: "PatienceExceeded" },
        { terminal },
      );
      expect(result).toMatchObject({ redriven: {}, others: { GenesysRefused: 10 }, unseen: 1 });
      expect(terminal.lines).toContainEqual(
        expect.stringMatching(/^inbound: 1 could not be looked at: .*redrive without --reason/),
      );
    });
  });

  it("sends each letter once, also where it is parked again meanwhile, and says so", async () => {
    await boxes.inbound.put(inboundLetter("still refused"));
    await boxes.inbound.put(inboundLetter("taken"));
    const { target, sent } = withSealedQueues(async (letter) => {
      if (letter.body === "still refused") {
        await boxes.inbound.put({ ...letter, reason: "GenesysRefused" });
      }
    });
    const terminal = recordingTerminal();
    const results = await redriving({ queue: "inbound" }, { target, terminal });
    expect(sent).toHaveLength(2);
    expect(results[0]).toMatchObject({
      redriven: { GenesysRefused: 2 },
      parkedAgain: { GenesysRefused: 1 },
    });
    expect(results.map(isComplete)).toEqual([false]);
    expect(terminal.lines).toContain(
      "inbound: 1 of these have been parked again: the cause is still there (GenesysRefused 1)",
    );
    expect((await boxes.inbound.peek()).map(({ body }) => body)).toEqual(["still refused"]);
  });

  describe("agents' messages, of which LINE knows the retry key for 24 hours", () => {
    it.each([
      [22.9, "LineRefused", "with the time"],
      [23.1, "LineRefused", "not"],
      [23.1, "QuotaExceeded", "without the time"],
      [1, "QuotaExceeded", "with the time"],
      [undefined, "PatienceExceeded", "not"],
      [undefined, "QuotaExceeded", "without the time"],
    ])("of %p hours ago, parked for %s, go back %s", async (hours, reason, how) => {
      const letter = agentsLetter(hours, reason);
      await boxes.outbound.put(letter);
      const { target, sent } = withSealedQueues();
      const results = await redriving({ queue: "outbound" }, { target });
      const { time } = JSON.parse(letter.body).message.channel;
      expect(sent.map(({ MessageAttributes }) => MessageAttributes?.TriedSince)).toEqual(
        {
          "with the time": [{ DataType: "Number", StringValue: String(Date.parse(time)) }],
          "without the time": [undefined],
          not: [],
        }[how],
      );
      expect(results[0]?.heldBack).toEqual(how === "not" ? { [reason]: 1 } : {});
      expect(await boxes.outbound.peek()).toHaveLength(how === "not" ? 1 : 0);
    });

    it("go back at any age where a duplicate is allowed, as if they had not been tried", async () => {
      await boxes.outbound.put(agentsLetter(100, "OutcomeUnknown"));
      await boxes.outbound.put(agentsLetter(undefined, "PatienceExceeded"));
      const { target, sent } = withSealedQueues();
      const [result] = await redriving({ queue: "outbound", allowDuplicate: true }, { target });
      expect(result).toMatchObject({
        redriven: { OutcomeUnknown: 1, PatienceExceeded: 1 },
        heldBack: {},
      });
      expect(sent.map(({ MessageAttributes }) => MessageAttributes)).toEqual([
        undefined,
        undefined,
      ]);
    });
  });

  describe("what stays", () => {
    it("is everything without a yes", async () => {
      await boxes.inbound.put(inboundLetter("1"));
      const { target, sent } = withSealedQueues();
      const refused = redriving({}, { target, terminal: recordingTerminal({ says: false }) });
      await expect(refused).rejects.toThrow("Nothing was changed.");
      expect(sent).toEqual([]);
      expect(await boxes.inbound.peek()).toHaveLength(1);
    });

    it("is a letter whose copy could not be sent", async () => {
      await boxes.inbound.put(inboundLetter("1"));
      const { target } = withSealedQueues(() => {
        throw new Error("SQS is out of order");
      });
      await expect(redriving({}, { target })).rejects.toThrow("SQS is out of order");
      expect(await boxes.inbound.peek()).toHaveLength(1);
    });

    it("is what has not gone when somebody interrupts", async () => {
      const user = newUser();
      for (const body of ["1", "2", "3"]) await boxes.inbound.put(inboundLetter(body, one, user));
      const stopping = new AbortController();
      const { target, sent } = withSealedQueues(() => stopping.abort());
      const interrupted = redriving({}, { target, stopping: stopping.signal });
      await expect(interrupted).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
      expect(sent.map(({ MessageBody }) => MessageBody)).toEqual(["1"]);
      expect((await boxes.inbound.peek()).map(({ body }) => body)).toEqual(["2", "3"]);
    });
  });

  describe("through the bridge", () => {
    const parked = () => eventually(async () => (await boxes.outbound.peek())[0], 10_000);

    it("an agent's message that LINE refused arrives once, when its cause is gone", async () => {
      const { line, genesys } = market.run;
      const group = line?.groups.named("a group", ["Niran"]).id ?? "";
      line?.groups.removeAccount(one.key, group);
      await genesys?.reply(one.key, group, { type: "Text", text: "hello" });
      const letter = await parked();
      expect(letter).toMatchObject({ groupId: `${one.key}#${group}`, reason: "LineRefused" });
      line?.groups.addAccount(one.key, group);
      const [, result] = await redriving();
      expect(result?.redriven).toEqual({ LineRefused: 1 });
      await eventually(() => line?.inbox(one.key, group)[0], 10_000);
      expect(line?.inbox(one.key, group).map(({ text }) => text)).toEqual(["hello"]);

      // The sender itself obeys the time, should the message wait in the queue for long.
      const { target } = market;
      await target.aws.sqs.send(
        new SendMessageCommand({
          QueueUrl: one.queues.outbound,
          MessageBody: letter.body,
          MessageGroupId: letter.groupId,
          MessageDeduplicationId: randomUUID(),
          MessageAttributes: {
            TriedSince: { DataType: "Number", StringValue: String(Date.now() - 24 * HOUR) },
          },
        }),
      );
      const late = await parked();
      expect(late).toMatchObject({ body: letter.body, reason: "OutcomeUnknown" });
      expect(line?.inbox(one.key, group)).toHaveLength(1);
    });

    it("a customer's message reaches Genesys Cloud once, also where it had arrived already", async () => {
      const userId = newUser();
      const event = (text: string) => ({
        type: "message",
        mode: "active",
        timestamp: Date.now(),
        webhookEventId: randomUUID(),
        deliveryContext: { isRedelivery: false },
        source: { type: "user", userId },
        message: { type: "text", id: randomUUID(), quoteToken: "q", text },
      });
      const texts = () =>
        market.run.genesys?.messages(one.key, userId).map(({ text }) => text) ?? [];
      const [arrived, lost] = [event("arrived"), event("lost")];
      await market.run.line?.deliver(one.key, [arrived]);
      await eventually(() => (texts().length > 0 ? true : undefined), 10_000);
      for (const parked of [arrived, lost]) {
        const body = JSON.stringify({ kind: "line-event", brand: one.key, event: parked });
        await boxes.inbound.put({
          groupId: `${one.key}#${userId}`,
          body,
          reason: "GenesysRefused",
        });
      }
      await redriving({ queue: "inbound" });
      await eventually(() => (texts().includes("lost") ? true : undefined), 10_000);
      expect(texts()).toEqual(["arrived", "lost"]);
    });
  });
}
