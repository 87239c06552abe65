import fc from "fast-check";
import { createHandler } from "../../../lambdas/inbound/handler.ts";
import { parseQueuedEvent } from "../../../lambdas/shared/line/exact-json.ts";
import { inboundQueueMessage } from "../../../lambdas/shared/queue/queue-messages.ts";
import { webhookShapes } from "../../journeys/webhook-shapes.ts";
import { anyCharacter } from "../any-character.ts";
import { nearJson } from "../near-json.ts";
import { strictSqs } from "../strict-sqs.ts";
import { fixedSecret, webhookBrand } from "../webhook-brand.ts";
import { httpEvent, sign } from "../webhook-event.ts";
import { agentsGet } from "../worker/translate/agents-get.ts";
import { everything } from "../worker/translate/example-event.ts";

const SECRET = "channel secret";

function setUp() {
  const { enqueue, bodies } = strictSqs();
  const told: unknown[] = [];
  const write = (...entry: unknown[]) => void told.push(entry);
  const handler = createHandler({
    brands: new Map([webhookBrand("retail-thai", fixedSecret(SECRET), { write, enqueue })]),
  });
  const post = async (body: string | Uint8Array) => {
    const bytes = Buffer.from(body);
    const headers = { "x-line-signature": sign(bytes, SECRET) };
    const answer = await handler(httpEvent("retail-thai", bytes.toString("base64"), headers, true));
    told.push(answer.body);
    return answer.statusCode;
  };
  return { post, bodies, told };
}

const events = webhookShapes("U4af4980629");
const examples = [
  ...events.map((event) => ({ destination: "U8e742f61d6", events: [event] })),
  { destination: "U8e742f61d6", events: events.slice(0, 3) },
  { destination: "U8e742f61d6", events: [] },
  { destination: 8742, events: events.slice(0, 1) },
  { events: events.slice(0, 1) },
];

const media = { outcome: "missing", because: "gone" } as const;

/** Of other customers, each readable. */
const readable = (n: number) => ({
  ...events[0],
  webhookEventId: `01GOOD${n}`,
  source: { type: "user", userId: `U${n}` },
});

/** Events that no webhook of LINE's holds, as JSON. */
const unreadable = fc.oneof(
  fc.constantFrom(
    JSON.stringify({ ...events[0], webhookEventId: undefined }),
    JSON.stringify({ ...events[0], timestamp: "1795392000123" }),
    JSON.stringify({ ...events[0], type: 7 }),
    JSON.stringify({ ...events[0], source: { type: "user", userId: "U 1" } }),
    `{${JSON.stringify({ ...events[0], webhookEventId: "01DEEP" }).slice(1, -1)},"deep":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
  ),
  fc.json().filter((json) => !json.includes("webhookEventId")),
);

describe("any body that is signed", () => {
  it("has its good events stored, in order, and each of the bad ones refused alone", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constant("good"), unreadable), { minLength: 1, maxLength: 6 }),
        async (kinds) => {
          const { post, bodies, told } = setUp();
          const all = kinds.map((kind, n) =>
            kind === "good" ? JSON.stringify(readable(n)) : kind,
          );
          const good = kinds.flatMap((kind, n) => (kind === "good" ? [`01GOOD${n}`] : []));
          const status = await post(`{"destination":"U","events":[${all.join()}]}`);
          expect(status).toBe(good.length > 0 ? 200 : 400);
          const stored = bodies.map((body) => JSON.parse(body).event.webhookEventId);
          expect(stored.toSorted()).toEqual(good);
          for (const [n, kind] of kinds.slice(0, 5).entries()) {
            if (kind !== "good") expect(JSON.stringify(told)).toContain(`events[${n}]`);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it("has the ids and coordinates of its events digit by digit, also beside an event that is nested too deeply", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const digits = fc.stringMatching(/^[1-9][0-9]{15,22}$/);
    await fc.assert(
      fc.asyncProperty(digits, fc.boolean(), fc.boolean(), async (id, isFirst, isDeep) => {
        const { post, bodies } = setUp();
        const good = JSON.stringify(readable(1)).replace(
          /"message":\{/,
          `"message":{"quotedMessageId":${id},"latitude":35.10,"said":"],\\"{",`,
        );
        const other = `{"webhookEventId":"01DEEP","events":[{}],"deep":${isDeep ? deep : "[]"}}`;
        const all = isFirst ? [good, other] : [other, good];
        const status = await post(`{"x":["events"],"ev\\u0065nts": [ ${all.join(" , ")} ],"y":[]}`);
        expect(status).toBe(200);
        expect(bodies).toHaveLength(1);
        expect(bodies[0]).toContain(
          `"message":{"quotedMessageId":"${id}","latitude":35.10,"said":"],\\"{",`,
        );
      }),
      { numRuns: 30 },
    );
  });

  it("is nested so little where it is stored that the worker can read it", async () => {
    const depths = fc.oneof(
      fc.integer({ min: 900, max: 1_100 }),
      fc.integer({ min: 1, max: 9_000 }),
    );
    await fc.assert(
      fc.asyncProperty(depths, async (depth) => {
        const { post, bodies } = setUp();
        const deep = `"deep":${"[".repeat(depth)}${"]".repeat(depth)}`;
        const event = `{${JSON.stringify(readable(1)).slice(1, -1)},${deep}}`;
        const status = await post(`{"destination":"U","events":[${event}]}`);
        expect(status).toBe(depth < 1_000 ? 200 : 400);
        expect(bodies).toHaveLength(depth < 1_000 ? 1 : 0);
        for (const body of bodies) inboundQueueMessage.parse(parseQueuedEvent(body));
      }),
      { numRuns: 60 },
    );
  });

  it("which is near to LINE's is stored and read by agents, or refused with the reason", async () => {
    const seen = { 200: 0, 400: 0, refused: 0, counted: 0, text: 0, media: 0, button: 0 };
    await fc.assert(
      fc.asyncProperty(nearJson(examples), async (body) => {
        const { post, bodies } = setUp();
        const status = await post(body);
        expect([200, 400]).toContain(status);
        seen[status === 200 ? 200 : 400]++;
        for (const text of bodies) {
          const queued = inboundQueueMessage.parse(parseQueuedEvent(text));
          if (queued.kind !== "line-event") throw new Error("not an event");
          seen[agentsGet(queued.event, everything, { media, author: "花子" })]++;
        }
      }),
      { numRuns: 1_000 },
    );
    // Buttons are made by the bridge itself; any-event.test.ts has them.
    for (const count of Object.values({ ...seen, button: 1 })) expect(count).toBeGreaterThan(0);
  });

  it("which is anything else is refused with 400, and of its words nothing is logged or answered", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.string({ unit: anyCharacter }),
          fc.json(),
          fc
            .json()
            .map((json) => `{"destination":"geheim","events":[${json},{"geheim":"geheim"}]}`),
          fc
            .constantFrom(10, 2_000, 100_000)
            .map((levels) => `${"[".repeat(levels)}"geheim"${"]".repeat(levels)}`),
        ),
        async (body) => {
          const { post, bodies, told } = setUp();
          expect(await post(body)).toBe(400);
          expect(bodies).toEqual([]);
          expect(JSON.stringify(told)).not.toContain("geheim");
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ["numbers that are longer in the queue", "1e20"],
    ["characters that SQS takes as escapes only", '"\ufffe\ufffe"'],
  ])("which has no room in the queue is refused with 413: %s", async (_, item) => {
    const bodyOf = (bytes: number) => {
      const items = Array(Math.floor(bytes / (Buffer.byteLength(item) + 1))).fill(item);
      return JSON.stringify({ destination: "U", events: [{ ...events[0], items: "@" }] }).replace(
        '"@"',
        `[${items.join()}]`,
      );
    };
    const { post, bodies } = setUp();
    expect(await post(bodyOf(890_000))).toBe(413);
    expect(bodies).toEqual([]);
    expect(await post(bodyOf(200_000))).toBe(200);
    expect(bodies).toHaveLength(1);
  });
});
