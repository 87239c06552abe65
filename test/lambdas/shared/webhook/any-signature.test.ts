import crypto from "node:crypto";
import fc from "fast-check";
import * as z from "zod";
import { createHandler as createLineWebhook } from "../../../../lambdas/inbound/handler.ts";
import { createHandler as createGenesysWebhook } from "../../../../lambdas/outbound/webhook/handler.ts";
import { createRotatingSecret } from "../../../../lambdas/shared/secrets/rotating-secret.ts";
import { forgedHeaders, wrongHeader } from "../../forged-signatures.ts";
import { webhookBrand } from "../../webhook-brand.ts";
import { httpEvent, sign } from "../../webhook-event.ts";

const SECRET = "the current secret";
const PREVIOUS = "the secret before";

const webhooks = {
  LINE: { create: createLineWebhook, header: "x-line-signature", prefix: "" },
  "Genesys Cloud": {
    create: createGenesysWebhook,
    header: "x-hub-signature-256",
    prefix: "sha256=",
  },
};

const UNAUTHORIZED = {
  statusCode: 401,
  headers: { "content-type": "application/json" },
  body: '{"message":"Unauthorized"}',
};

const bodies = fc
  .oneof(
    fc.constantFrom(
      '{"destination":"U8e742f61d6","events":[]}',
      '{"id":"c327c2078c","type":"Text","channel":{"to":{"id":"U1"}},"text":"お待たせしました。"}',
      "",
    ),
    fc.uint8Array({ maxLength: 100 }),
  )
  .map((body) => Buffer.from(body));

afterEach(() => {
  jest.restoreAllMocks();
});

describe.each(Object.entries(webhooks))(
  "a signature for %s",
  (name, { create, header, prefix }) => {
    /** A webhook whose brand has had its secret changed just now. */
    function setUp({ secret = SECRET, previous = PREVIOUS } = {}) {
      const done = { reads: 0, enqueued: 0 };
      const stored = { AWSCURRENT: secret, AWSPREVIOUS: previous };
      const { candidates } = createRotatingSecret(
        "secret",
        z.object({ signs: z.string() }).transform(({ signs }) => signs),
        async (_, stage) => {
          done.reads++;
          return { text: JSON.stringify({ signs: stored[stage] }), createdAt: 0 };
        },
        () => 0,
      );
      const handler = create({
        brands: new Map([
          webhookBrand("retail-thai", candidates, {
            enqueue: async () => {
              done.enqueued++;
            },
          }),
        ]),
      });
      const post = (body: Buffer, signature: string | undefined, brand = "retail-thai") =>
        handler(
          httpEvent(
            brand,
            body.toString("base64"),
            signature === undefined ? {} : { [header]: signature },
            true,
          ),
        );
      return { handler, post, done };
    }

    it("that is right, with the current secret or the one before, lets any body in", async () => {
      await fc.assert(
        fc.asyncProperty(bodies, fc.constantFrom(SECRET, PREVIOUS), async (body, secret) => {
          const { statusCode } = await setUp().post(body, prefix + sign(body, secret));
          expect([200, 400]).toContain(statusCode);
        }),
      );
    });

    it("that is anything else is the same 401 for any body, and stores nothing", async () => {
      await fc.assert(
        fc.asyncProperty(
          bodies.chain((body) =>
            fc.tuple(fc.constant(body), wrongHeader({ body, secret: SECRET, prefix })),
          ),
          async ([body, signature]) => {
            const { post, done } = setUp();
            expect(await post(body, signature)).toEqual(UNAUTHORIZED);
            expect(done.enqueued).toBe(0);
          },
        ),
        { numRuns: 300 },
      );
    });

    const body = Buffer.from('{"destination":"U8e742f61d6","events":[]}');
    const forged = forgedHeaders({ body, secret: SECRET, prefix });

    it.each(forged)("that is wrong so, $wrong, is the same 401", async ({ header: signature }) => {
      expect(JSON.stringify(await setUp().post(body, signature))).toBe(
        JSON.stringify(UNAUTHORIZED),
      );
    });

    it("is not taken from the header of the other side", async () => {
      const [other] = Object.entries(webhooks).filter(([side]) => side !== name);
      const headers = { [other?.[1].header ?? ""]: (other?.[1].prefix ?? "") + sign(body, SECRET) };
      const event = httpEvent("retail-thai", body.toString(), headers);
      expect(await setUp().handler(event)).toEqual(UNAUTHORIZED);
    });

    it("costs the same work whatever is wrong with it: secrets read, HMACs, comparisons", async () => {
      const createHmac = jest.spyOn(crypto, "createHmac");
      const timingSafeEqual = jest.spyOn(crypto, "timingSafeEqual");
      const works = new Map<string, string[]>();
      for (const { wrong, header: signature } of forged) {
        const { post, done } = setUp();
        const work = [];
        // The first one makes the secret be read again, the second comes too soon for that.
        for (let request = 0; request < 2; request++) {
          createHmac.mockClear();
          timingSafeEqual.mockClear();
          await post(body, signature);
          work.push([done.reads, createHmac.mock.calls.length, timingSafeEqual.mock.calls.length]);
        }
        const known = works.get(JSON.stringify(work)) ?? [];
        works.set(JSON.stringify(work), [...known, wrong]);
      }
      // Current and previous secret, each read twice and compared twice; then each compared once more.
      expect([...works]).toEqual([["[[4,4,4],[4,2,2]]", forged.map(({ wrong }) => wrong)]]);
    });

    it("of whatever kind is the same 503 while the brand's secret has a fault", async () => {
      for (const { header: signature } of [...forged, { header: prefix + sign(body, SECRET) }]) {
        expect(await setUp({ secret: "REPLACE_ME" }).post(body, signature)).toEqual({
          ...UNAUTHORIZED,
          statusCode: 503,
          body: '{"message":"Service Unavailable"}',
        });
      }
    });

    it("of whatever kind is the same 404 for a brand that is not configured", async () => {
      const large = Buffer.alloc(1_000_000, "x");
      for (const { header: signature } of [...forged, { header: prefix + sign(body, SECRET) }]) {
        for (const brand of ["retail-nowhere", "__proto__", ""]) {
          const { post, done } = setUp();
          const answer = { ...UNAUTHORIZED, statusCode: 404, body: '{"message":"Not Found"}' };
          expect(await post(body, signature, brand)).toEqual(answer);
          expect(await post(large, signature, brand)).toEqual(answer);
          expect(done.reads).toBe(0);
        }
      }
    });

    it("must be right before anybody is told that a body is too large, or no text", async () => {
      const large = Buffer.alloc(2_000_000, "x");
      const noText = Buffer.from([0xff]);
      for (const [faulty, statusCode] of [
        [large, 400],
        [noText, 400],
      ] as const) {
        const { post } = setUp();
        expect(await post(faulty, prefix + sign(faulty, SECRET))).toMatchObject({ statusCode });
        expect(await post(faulty, prefix + sign(body, SECRET))).toEqual(UNAUTHORIZED);
        expect(await post(faulty, undefined)).toEqual(UNAUTHORIZED);
      }
    });
  },
);
