import type { Letter } from "../../../../lib/operator/dead-letters/dead-letters.ts";
import { describeLetter, factsOf } from "../../../../lib/operator/dead-letters/letter-facts.ts";

const PARKED = Date.parse("2026-11-23T00:00:00.000Z");
const USER = "U0123456789abcdef0123456789abcdef";

const letter = (body: unknown, fields: Partial<Letter> = {}): Letter => ({
  messageId: "7a0a1dfa",
  receiptHandle: "h",
  groupId: `retail-thai#${USER}`,
  body: typeof body === "string" ? body : JSON.stringify(body),
  reason: "GenesysRefused",
  sentParts: undefined,
  parkedAt: PARKED,
  ...fields,
});
const event = (fields: object) => ({
  type: "message",
  timestamp: 0,
  webhookEventId: "01FZ",
  source: { type: "user", userId: USER },
  ...fields,
});
const inbound = (kind: string, fields: object) => ({ kind, brand: "retail-thai", ...fields });
const receipt = { messageId: "g1", to: USER, time: "2026-11-23T00:00:00Z", status: "Failed" };
const message = (fields: object) => ({
  kind: "message",
  brand: "retail-thai",
  message: { id: "g1", type: "Text", channel: { to: { id: USER } }, text: "secret", ...fields },
});

describe("what is said of a dead letter", () => {
  it.each<["inbound" | "outbound", unknown, object]>([
    [
      "inbound",
      inbound("line-event", { event: event({ message: { type: "sticker", id: "4" } }) }),
      { kind: "sticker", correlationId: "01FZ" },
    ],
    [
      "inbound",
      inbound("line-event", { event: event({}) }),
      { kind: "event", correlationId: "01FZ" },
    ],
    [
      "inbound",
      inbound("line-event", { event: event({ type: "postback" }) }),
      { kind: "postback", correlationId: "01FZ" },
    ],
    [
      "inbound",
      inbound("media", { event: event({}) }),
      { kind: "late media", correlationId: "01FZ" },
    ],
    ["inbound", inbound("receipt", { receipt }), { kind: "receipt", correlationId: "g1" }],
    ["outbound", message({}), { kind: "text", correlationId: "g1" }],
    [
      "outbound",
      message({ content: [{ contentType: "Attachment" }] }),
      { kind: "attachment", correlationId: "g1" },
    ],
    [
      "outbound",
      { kind: "typing", brand: "retail-thai", to: USER, seconds: 5 },
      { kind: "typing" },
    ],
    ["outbound", "{ no JSON", { kind: "unreadable" }],
    [
      "inbound",
      inbound("receipt", { receipt: { ...receipt, messageId: "สมชาย" } }),
      { kind: "receipt" },
    ],
  ])("%s %j", (queue, body, expected) => {
    const facts = factsOf(letter(body), queue);
    expect(facts).toEqual({
      id: "7a0a1dfa",
      queue,
      brand: "retail-thai",
      reason: "GenesysRefused",
      parkedAt: "2026-11-23T00:00:00.000Z",
      ...expected,
    });
    expect(describeLetter(facts, PARKED)).not.toMatch(/secret|U0123|สมชาย/);
  });

  it("names no group that is not the bridge's", () => {
    expect(factsOf(letter("", { groupId: USER }), "inbound").brand).toBe("unknown");
  });

  it("says which parts have been sent", () => {
    const facts = factsOf(
      letter(message({}), { sentParts: '{"parts":3,"sent":["1","2.1"],"refused":{"2":[0]}}' }),
      "outbound",
    );
    expect(facts.sent).toEqual({ parts: ["1", "2.1"], of: 3 });
    expect(describeLetter(facts, PARKED)).toBe(
      "7a0a1dfa  outbound  retail-thai  GenesysRefused  text  0 min ago  g1  part 1, 2.1 of 3 sent",
    );
  });

  it.each([
    [-5, "0 min"],
    [119, "119 min"],
    [120, "2 h"],
    [47 * 60 + 59, "47 h"],
    [48 * 60, "2 days"],
  ])("says its age: %i minutes are %s", (minutes, age) => {
    const facts = factsOf(letter(""), "inbound");
    expect(describeLetter(facts, PARKED + minutes * 60_000)).toContain(
      `unreadable  ${age} ago  no correlation id`,
    );
  });
});
