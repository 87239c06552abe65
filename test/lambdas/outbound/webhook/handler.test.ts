import { createHandler } from "../../../../lambdas/outbound/webhook/handler.ts";
import type { FifoMessage } from "../../../../lambdas/shared/queue/send-fifo.ts";
import { fixedSecret, webhookBrand } from "../../webhook-brand.ts";
import { httpEvent, sign } from "../../webhook-event.ts";

const secret = "webhook secret of retail";

function setUp() {
  const enqueued: FifoMessage[] = [];
  const counts: string[] = [];
  const logged: unknown[] = [];
  const handler = createHandler({
    brands: new Map([
      webhookBrand("retail-thai", fixedSecret(secret), {
        count: (metric, amount = 1) => counts.push(`${metric} ${amount}`),
        write: (...entry) => logged.push(entry),
        enqueue: async (messages) => void enqueued.push(...messages),
      }),
    ]),
  });
  const post = (body: unknown, signature?: string) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return handler(
      httpEvent("retail-thai", text, {
        "x-hub-signature-256": signature ?? `sha256=${sign(text, secret)}`,
      }),
    );
  };
  return { post, enqueued, counts, logged };
}

const message = (fields: object = {}) => ({
  id: "c327c2078ca056db130c55ce648d9fa2",
  channel: {
    id: "i",
    platform: "Open",
    type: "Private",
    to: { id: "U1", idType: "Opaque" },
    time: "2026-11-23T06:30:00.123Z",
  },
  type: "Text",
  text: "お待たせしました。",
  direction: "Outbound",
  originatingEntity: "Human",
  ...fields,
});

describe("the Genesys webhook", () => {
  it("enqueues a message in the customer's group, de-duplicated by its id", async () => {
    const { post, enqueued, counts } = setUp();
    expect((await post(message())).statusCode).toBe(200);
    expect(enqueued).toEqual([
      {
        groupId: "retail-thai#U1",
        deduplicationId: "c327c2078ca056db130c55ce648d9fa2",
        body: JSON.stringify({
          kind: "message",
          brand: "retail-thai",
          message: JSON.parse(enqueued[0]?.body ?? "").message,
        }),
      },
    ]);
    expect(JSON.parse(enqueued[0]?.body ?? "").message).toEqual(message());
    expect(counts).toEqual(["Accepted 1"]);
  });

  it("enqueues a message however deeply it is nested", async () => {
    const { post, enqueued } = setUp();
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const text = JSON.stringify(message({ content: "@" })).replace('"@"', `[${deep}]`);
    expect((await post(text)).statusCode).toBe(200);
    expect(enqueued[0]?.body).toContain(deep);
  });

  it.each([
    [{ type: "Message", text: "สวัสดี" }],
    [{ type: "Hologram", text: undefined, content: [{ contentType: "Hologram" }] }],
  ])("enqueues what is new but says something: %j", async (fields) => {
    const { post, enqueued } = setUp();
    expect((await post(message(fields))).statusCode).toBe(200);
    expect(enqueued).toHaveLength(1);
  });

  it.each([
    [{ type: "On", duration: 12_000 }, 12],
    [{ type: "On" }, 5],
  ])("enqueues typing %j in a group of its own", async (typing, seconds) => {
    const { post, enqueued } = setUp();
    const body = {
      id: "e1",
      type: "Event",
      channel: { to: { id: "U1" } },
      events: [{ eventType: "Typing", typing }],
    };
    expect((await post(body)).statusCode).toBe(200);
    expect(enqueued).toEqual([
      {
        groupId: "retail-thai#typing#U1",
        deduplicationId: "e1",
        body: JSON.stringify({ kind: "typing", brand: "retail-thai", to: "U1", seconds }),
      },
    ]);
  });

  it.each([
    ["a receipt", { id: "r", type: "Receipt", status: "Published", channel: { to: { id: "U1" } } }],
    [
      "an event that is new",
      { id: "e", type: "Event", channel: { to: { id: "U1" } }, events: [{ eventType: "Wave" }] },
    ],
    ["typing to nobody", { id: "e", type: "Event", events: [{ eventType: "Typing" }] }],
    ["a type that is new", { type: "Hologram" }],
    ["a type that is new and says nothing", message({ type: "Hologram", text: "" })],
  ])("answers 200 for %s, logs it, counts it as genuine, and enqueues nothing", async (_, body) => {
    const { post, enqueued, counts, logged } = setUp();
    expect((await post(body)).statusCode).toBe(200);
    expect(enqueued).toEqual([]);
    expect(counts).toEqual(["Accepted 0"]);
    expect(logged).toEqual([
      [
        "Ignored on purpose",
        { brand: "retail-thai", correlationId: "id" in body ? body.id : undefined },
      ],
    ]);
  });

  it.each([
    ["not JSON", "no", "body: is not valid JSON"],
    ["no type", {}, "type:"],
    ["no id", message({ id: undefined }), "id:"],
    ["no addressee", message({ channel: {} }), "channel.to:"],
  ])("refuses a signed body with %s: 400", async (_, body, fault) => {
    const { post, enqueued } = setUp();
    const answer = await post(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(fault);
    expect(enqueued).toEqual([]);
  });

  it.each([
    ["no prefix", sign(JSON.stringify(message()), secret)],
    ["an upper-case prefix", `SHA256=${sign(JSON.stringify(message()), secret)}`],
    [
      "hex",
      `sha256=${Buffer.from(sign(JSON.stringify(message()), secret), "base64").toString("hex")}`,
    ],
    ["another secret", `sha256=${sign(JSON.stringify(message()), "other")}`],
    ["nothing", ""],
  ])("answers 401 to a signature with %s", async (_, signature) => {
    const { post, enqueued } = setUp();
    expect((await post(message(), signature)).statusCode).toBe(401);
    expect(enqueued).toEqual([]);
  });
});
