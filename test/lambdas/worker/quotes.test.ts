import { brandSettingsSchema } from "../../../lambdas/shared/contract/brand-settings.ts";
import type { Quotable } from "../../../lambdas/shared/tables/quote-table.ts";
import { forgetQuotable, keepForQuotes, quoteOf } from "../../../lambdas/worker/quotes.ts";
import { fakeWorkerBrand } from "./fake-worker-brand.ts";
import { eventOf, group, MESSAGE_ID, messageEventOf } from "./translate/example-event.ts";

function setUp(quotes: "id" | "text", { isDown = false } = {}) {
  const kept: [string, Quotable][] = [];
  const warned: unknown[] = [];
  const forgotten: unknown[][] = [];
  const unused = fakeWorkerBrand();
  const brand = fakeWorkerBrand({
    settings: brandSettingsSchema.parse({ customAttributes: {}, quotes }),
    log: { ...unused.log, warn: (...line) => void warned.push(line) },
    quotes: {
      ...unused.quotes,
      async keep(...one) {
        if (isDown) throw new Error("DynamoDB is down");
        kept.push(one);
      },
      unsent: async (...one) => void forgotten.push(["unsent", ...one]),
      forget: async (...one) => void forgotten.push(["forgotten", ...one]),
      async get(customer, messageId) {
        if (isDown) throw new Error("DynamoDB is down");
        return customer === "U1" && messageId === "12" ? "ราคาเท่าไหร่คะ" : undefined;
      },
    },
  });
  return { brand, kept, warned, forgotten };
}

const quoting = (id: string) => messageEventOf({ type: "text", text: "อันนี้", quotedMessageId: id });

describe("what agents read of a quoted message", () => {
  it("is how it begins, where the brand keeps that and the message is known", async () => {
    const { brand } = setUp("text");
    const known = await quoteOf({ brand, event: quoting("12") }, "U1");
    expect(known).toBe('[LINE QUOTE: replies to "ราคาเท่าไหร่คะ"]');
    const note = "[LINE QUOTE: replies to an earlier message]";
    expect(await quoteOf({ brand, event: quoting("13") }, "U1")).toBe(note);
    expect(await quoteOf({ brand, event: quoting("12") }, "U2")).toBe(note);
    expect(await quoteOf({ brand: setUp("id").brand, event: quoting("12") }, "U1")).toBe(note);
  });

  it("is nothing where a message quotes none", async () => {
    const event = messageEventOf({ type: "text", text: "สวัสดี" });
    expect(await quoteOf({ brand: setUp("text").brand, event }, "U1")).toBeUndefined();
  });

  it("is a note while DynamoDB is down: no customer waits for it", async () => {
    const { brand, warned } = setUp("text", { isDown: true });
    expect(await quoteOf({ brand, event: quoting("12") }, "U1")).toBe(
      "[LINE QUOTE: replies to an earlier message]",
    );
    expect(warned).toHaveLength(1);
  });
});

describe("a message that the customer unsends", () => {
  const event = eventOf("unsend", { unsend: { messageId: "12" } });

  it("is not kept again where texts are kept, and leaves nothing where a brand keeps none", async () => {
    const keeping = setUp("text");
    await forgetQuotable({ brand: keeping.brand, event }, "U1", "12");
    expect(keeping.forgotten).toEqual([["unsent", "U1", "12", event.timestamp]]);
    const byId = setUp("id");
    await forgetQuotable({ brand: byId.brand, event }, "U1", "12");
    expect(byId.forgotten).toEqual([["forgotten", "U1", "12"]]);
  });
});

describe("a message that may be quoted", () => {
  const event = messageEventOf({ type: "text", text: "ราคาเท่าไหร่คะ" });
  const said = { messageId: MESSAGE_ID, text: "ราคาเท่าไหร่คะ", writtenAt: event.timestamp };

  it("is kept only where the brand asks for it", async () => {
    const { brand, kept } = setUp("text");
    await keepForQuotes({ brand, event }, "U1");
    expect(kept).toEqual([["U1", said]]);
    const byId = setUp("id");
    await keepForQuotes({ brand: byId.brand, event }, "U1");
    expect(byId.kept).toEqual([]);
  });

  it("names its author in a group", async () => {
    const { brand, kept } = setUp("text");
    await keepForQuotes({ brand, event: { ...event, source: group } }, group.groupId);
    expect(kept).toEqual([[group.groupId, { ...said, author: group.userId }]]);
  });

  it("is none where the event is no message", async () => {
    const { brand, kept } = setUp("text");
    await keepForQuotes({ brand, event: eventOf("follow") }, "U1");
    expect(kept).toEqual([]);
  });

  it("is given up while DynamoDB is down: no customer waits for it", async () => {
    const { brand, warned } = setUp("text", { isDown: true });
    await keepForQuotes({ brand, event }, "U1");
    expect(warned).toHaveLength(1);
  });
});
