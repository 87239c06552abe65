import fc from "fast-check";
import { parseLineBody, parseQueuedEvent } from "../../../../lambdas/shared/line/exact-json.ts";

const IDS = ["id", "packageId", "stickerId", "webhookEventId", "quotedMessageId", "userId"];
const digits = fc.stringMatching(/^[1-9][0-9]{0,24}$/);

describe("what LINE has sent", () => {
  it("has ids as texts, whether they came as texts or as numbers of any length", () => {
    fc.assert(
      fc.property(fc.constantFrom(...IDS), digits, (property, id) => {
        for (const json of [`{"${property}":${id}}`, `{"${property}":"${id}"}`]) {
          expect(parseLineBody(json)).toEqual({ [property]: id });
        }
      }),
    );
  });

  it.each([
    ['{"id" : 5}', { id: "5" }],
    ['{"\\u0069d":5}', { id: "5" }],
    ['{"text":"ก","source":{"userId":\n-5}}', { text: "ก", source: { userId: "-5" } }],
    ['{"text":"\ud83d"}', { text: "\ufffd" }],
    ['{"id":"5","text":"\\"id\\":5"}', { id: "5", text: '"id":5' }],
    ['{"id":null,"timestamp":5}', { id: null, timestamp: 5 }],
  ])("is read alike however it is written: %j", (json, value) => {
    expect(parseLineBody(json)).toEqual(value);
  });

  it("has coordinates digit by digit on its way through the queue", () => {
    const json = '{"latitude":35.10,"longitude":-1e2,"timestamp":1.50}';
    const queued = JSON.stringify(parseLineBody(json));
    expect(queued).toBe('{"latitude":35.10,"longitude":-1e2,"timestamp":1.5}');
    expect(parseQueuedEvent(queued)).toEqual({
      latitude: "35.10",
      longitude: "-1e2",
      timestamp: 1.5,
    });
  });

  it("is well-formed and without NUL", () => {
    const half = '["order 12 \\ud83d please","\\udc00","a\\u0000b","\\ud83d\\ude00"]';
    expect(parseLineBody(half)).toEqual(["order 12 \ufffd please", "\ufffd", "ab", "😀"]);
  });

  it("keeps each place in a message's text, of which LINE tells positions", () => {
    const text = fc
      .array(fc.constantFrom("\ud83d", "\udc00", "\0", "😀", "ก", "()"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, (said) => {
        const message = { text: said, fileName: said };
        expect(parseLineBody(JSON.stringify(message))).toEqual({
          text: said.toWellFormed(),
          fileName: said.toWellFormed().replaceAll("\0", ""),
        });
      }),
    );
  });
});
