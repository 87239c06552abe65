import type { SQSRecord } from "aws-lambda";
import { retryKey } from "../../../../lambdas/outbound/sender/retry-key.ts";
import type { Hosts } from "../../../../lambdas/shared/breaker/hosts.ts";
import { HeldBack, RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { answerFailure } from "../../../../lambdas/shared/line/failures.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { NOW, nobody, startSender } from "./sender.ts";

const retail = { key: "retail-thai" };

describe("the outbound sender", () => {
  it.each([
    ["when the agent wrote", new Date(NOW - 7_000).toISOString(), 7_000],
    ["nothing, where Genesys Cloud's clock is ahead", new Date(NOW + 1).toISOString(), 0],
    ["its webhook, where Genesys Cloud does not say when", undefined, 3_000],
    ["its webhook, where Genesys Cloud says what is no time", "soon", 3_000],
  ])("measures its time from %s", async (_, time, milliseconds) => {
    const { take, measured } = startSender();
    const channel = { to: { id: "U1" }, time };
    const message = { id: "g1", type: "Text", text: "はい", channel };
    await take(
      { kind: "message", brand: "retail-thai", message },
      { SentTimestamp: String(NOW - 3_000) },
    );
    expect(measured).toEqual([["TimeToLine", "retail-thai", milliseconds]]);
  });

  it("reports delivery only if the brand asks for it", async () => {
    const { run, enqueued } = startSender({ settings: { receipts: "all" } });
    await run({ text: "x" });
    expect(enqueued[0]?.deduplicationId).toBe("Delivered#g1");
  });

  it("pushes nothing to a customer who has blocked the account, and says so without a dead letter", async () => {
    const { run, pushes, enqueued, parked, counts } = startSender({
      customer: { ...nobody, isBlocked: true },
      settings: { receipts: "all" },
    });
    expect(await run({ text: "x" })).toEqual({ batchItemFailures: [] });
    expect(pushes).toEqual([]);
    expect(parked).toEqual([]);
    expect(counts).toEqual(["RecipientBlocked"]);
    expect(enqueued).toHaveLength(1);
    expect(JSON.parse(enqueued[0]?.body ?? "").receipt).toMatchObject({
      status: "Failed",
      reason: { code: "RecipientOptedOut" },
    });
  });

  it("pushes all the same when the customer's record cannot be read", async () => {
    const { run, pushes } = startSender({ customer: new Error("DynamoDB is away") });
    await run({ text: "x" });
    expect(pushes).toHaveLength(1);
  });

  const messageOf = (id: string, to: string) =>
    sqsRecord(
      id,
      `retail-thai#${to}`,
      {
        kind: "message",
        brand: "retail-thai",
        message: { id, type: "Text", text: id, channel: { to: { id: to } } },
      },
      { ApproximateFirstReceiveTimestamp: String(NOW), SentTimestamp: String(NOW) },
    );

  it.each(["push", "reply-first"] as const)(
    "reads once for all messages of a batch, in a brand with %s",
    async (reply) => {
      const { takeAll, pushes, replies, customerReads } = startSender({
        settings: { reply },
        customer: {
          ...nobody,
          replyTokens: [
            { slot: "rt1", token: "t2", receivedAt: NOW },
            { slot: "rt2", token: "t1", receivedAt: NOW - 1 },
          ],
        },
      });
      await takeAll([messageOf("g1", "U1"), messageOf("g2", "U1"), messageOf("g3", "U1")]);
      expect(customerReads()).toBe(1);
      // None has tried the token of another.
      expect(replies).toEqual(reply === "push" ? [] : ["t1", "t2"]);
      expect(pushes.map(({ texts }) => texts)).toEqual(
        reply === "push" ? [["g1"], ["g2"], ["g3"]] : [["g3"]],
      );
    },
  );

  it("tries all messages of a brand that replies again where the ways cannot be read", async () => {
    const { takeAll, pushes, customerReads } = startSender({
      settings: { reply: "reply-first" },
      customer: new Error("DynamoDB is away"),
    });
    const { batchItemFailures } = await takeAll([messageOf("g1", "U1"), messageOf("g2", "U2")]);
    expect([batchItemFailures.length, pushes.length, customerReads()]).toEqual([2, 0, 1]);
  });

  const tooMany = (message: string) =>
    answerFailure({ status: 429, headers: {}, text: JSON.stringify({ message }) });

  it("parks a message at once when the month's messages are used up, and counts that", async () => {
    const { run, enqueued, parked, counts } = startSender({
      failure: () => tooMany("You have reached your monthly limit."),
    });
    expect(await run({ text: "x" })).toEqual({ batchItemFailures: [] });
    expect(parked).toEqual(["QuotaExceeded"]);
    expect(counts).toEqual(["QuotaExceeded", "Failed"]);
    expect(JSON.parse(enqueued[0]?.body ?? "").receipt).toMatchObject({
      status: "Failed",
      reason: { code: "RateLimited", message: "LINE's monthly message limit is reached." },
    });
  });

  it.each<[string, () => Promise<{ limit: number | undefined; used: number }>]>([
    ["messages are left", async () => ({ limit: 500, used: 3 })],
    ["the plan has no limit", async () => ({ limit: undefined, used: 3 })],
    ["nobody knows", () => Promise.reject(new RetryableFailure("LINE answered 503."))],
  ])("tries again with the same key while LINE speaks of its limit, but %s", async (_, quota) => {
    let isReserved = true;
    const { run, pushes, parked, enqueued, counts } = startSender({
      quota,
      failure: () =>
        isReserved
          ? tooMany("You have exceeded the target limit for additional messages.")
          : undefined,
    });
    expect((await run({ text: "x" })).batchItemFailures).toHaveLength(1);
    expect([parked, enqueued, counts]).toEqual([[], [], ["Retried"]]);
    isReserved = false;
    expect(await run({ text: "x" })).toEqual({ batchItemFailures: [] });
    expect(pushes.map(({ key }) => key)).toEqual([retryKey(retail, "g1", 1)]);
  });

  it("backs off when LINE's rate limit is reached, and pushes with the same key later", async () => {
    let isTooMuch = true;
    const { run, pushes, enqueued, parked, visibility, counts } = startSender({
      failure: () =>
        isTooMuch ? tooMany("The API rate limit has been exceeded. Try again later.") : undefined,
    });
    expect((await run({ text: "x" })).batchItemFailures).toHaveLength(1);
    expect([parked, enqueued, counts]).toEqual([[], [], ["Retried"]]);
    expect(visibility).toEqual([1]);
    isTooMuch = false;
    expect(await run({ text: "x" })).toEqual({ batchItemFailures: [] });
    expect(pushes.map(({ key }) => key)).toEqual([retryKey(retail, "g1", 1)]);
  });

  it("parks a message over the month's limit also where an operator has chosen its group", async () => {
    const { take, parked, counts } = startSender({
      failure: () => tooMany("You have reached your monthly limit."),
    });
    const message = { id: "g1", type: "Text", text: "x", channel: { to: { id: "U1" } } };
    const record = { kind: "message", brand: "retail-thai", message };
    expect(await take(record, { MessageGroupId: "by hand" })).toEqual({ batchItemFailures: [] });
    expect(parked).toEqual(["QuotaExceeded"]);
    expect(counts).toEqual(["QuotaExceeded", "Failed"]);
  });

  it.each([
    [
      "a message",
      { kind: "message", message: { id: "g1", type: "Text", channel: { to: { id: "U1" } } } },
    ],
    ["typing", { kind: "typing", to: "U1", seconds: 5 }],
    ["typing to a group", { kind: "typing", to: "C1", seconds: 5 }],
  ])("parks %s of a brand that is not configured", async (_, body) => {
    const { take, pushes, sideCalls, parked, counts } = startSender();
    const record = { ...body, brand: "retail-gone" };
    expect(await take(record, { MessageGroupId: "retail-gone#U1" })).toEqual({
      batchItemFailures: [],
    });
    expect(parked).toEqual(["UnknownBrand"]);
    expect(counts).toEqual(["Failed"]);
    expect([pushes, sideCalls]).toEqual([[], []]);
  });

  describe("while LINE is held back", () => {
    const image = {
      kind: "image" as const,
      url: "https://media.example/1",
      previewUrl: "https://media.example/1-preview",
    };
    const url = "https://api-downloads.mypurecloud.jp/1";
    const body = {
      kind: "message",
      brand: "retail-thai",
      message: {
        id: "g1",
        type: "Text",
        channel: { to: { id: "U1" } },
        content: [{ contentType: "Attachment", attachment: { mediaType: "Image", url } }],
      },
    };
    const hold = async (host: string, { record }: { record: SQSRecord }) => {
      if (host !== "line-api") throw new Error(`not expected: ${host}`);
      expect(record.messageId).toBe("r");
      throw new HeldBack("LINE's API does not work.", { isAccessRefused: false });
    };
    const hosts: Hosts = { ensureWorking: hold, guard: hold };

    it("hosts a new message's media, whose link may expire, and pushes nothing", async () => {
      const { take, stored, pushes, counts, visibility } = startSender({
        hosts,
        attachment: image,
      });
      await take(body);
      expect(stored).toHaveLength(1);
      expect(pushes).toEqual([]);
      expect(counts).toEqual(["HeldBack", "PutOff"]);
      expect(visibility).toEqual([3]);
    });

    it("does nothing more at later receives", async () => {
      const { take, stored, customerReads, counts } = startSender({ hosts, attachment: image });
      await take(body, { ApproximateReceiveCount: "2" });
      expect([stored, customerReads()]).toEqual([[], 0]);
      expect(counts).toEqual(["HeldBack", "PutOff"]);
    });

    it("replies with nothing whose push may have arrived, whatever LINE says of its limit then", async () => {
      let isDown = true;
      const { run, replies, visibility } = startSender({
        hosts: {
          ensureWorking: async () => undefined,
          async guard(_host, _asking, call) {
            if (!isDown) return call();
            const tried = new RetryableFailure("LINE did not answer within 10000 ms.");
            throw new HeldBack("LINE's API does not work.", { tried, isAccessRefused: false });
          },
        },
        failure: () => tooMany("You have reached your monthly limit."),
        customer: {
          ...nobody,
          replyTokens: [{ slot: "rt1", token: "t1", receivedAt: NOW }],
        },
        quota: async () => ({ limit: 500, used: 400 }),
      });
      await run({ text: "hello" });
      isDown = false;
      await run({ text: "hello" }, { ApproximateReceiveCount: "2" });
      expect(replies).toEqual([]);
      expect(visibility).toHaveLength(2);
    });

    it("tells the agent of a customer who has blocked the account at once", async () => {
      const blocked = { ...nobody, isBlocked: true };
      const { take, enqueued } = startSender({ hosts, customer: blocked });
      await take(body);
      expect(enqueued[0]?.body).toContain("RecipientOptedOut");
    });

    it("shows typing all the same: it is a call that may fail", async () => {
      const { take, sideCalls } = startSender({ hosts });
      await take({ kind: "typing", brand: "retail-thai", to: "U1", seconds: 5 });
      expect(sideCalls).toHaveLength(1);
    });
  });

  it("names the brand on its log lines", async () => {
    const { run, logged } = startSender();
    await run({ text: "x" });
    expect(logged).toEqual([
      [
        "Delivered to LINE",
        { brand: "retail-thai", correlationId: "g1", kind: "text", millisecondsSinceMessage: 0 },
      ],
    ]);
  });
});
