import {
  agentMessageTime,
  lineEventTime,
  readOutboundMessage,
} from "../../../../lambdas/shared/queue/queue-messages.ts";
import { sqsRecord } from "../../sqs-record.ts";

const brand = "retail-thai";
const TIME = "2026-11-23T06:30:00.123Z";
/** When SQS stored the record, in ms. */
const ARRIVED = Date.parse("2026-11-23T06:31:00Z");
const receipt = { messageId: "g1", to: "U1", time: TIME, status: "Delivered" };
const typing = { kind: "typing", brand, to: "U1", seconds: 5 };
const event = (timestamp: unknown) => ({ type: "message", webhookEventId: "01H", timestamp });
const lineEvent = (timestamp: unknown) => ({ kind: "line-event", brand, event: event(timestamp) });
const message = (time: unknown) => ({
  kind: "message",
  brand,
  message: { id: "g1", type: "Text", text: "hello", channel: { to: { id: "U1" }, time } },
});

const record = (body: unknown) =>
  sqsRecord("m", `${brand}#U1`, body, { SentTimestamp: String(ARRIVED) });

describe("lineEventTime", () => {
  it.each([
    ["an event", lineEvent(1_795_392_000_123), 1_795_392_000_123],
    ["an event far in the future, when it came", lineEvent(8.64e15), ARRIVED],
    ["an event of a clock that is ahead", lineEvent(ARRIVED + 70_000), ARRIVED + 70_000],
    ["an event without a time", lineEvent(undefined), undefined],
    ["an event with a time that no date can hold", lineEvent(8.65e15), undefined],
    ["a receipt", { kind: "receipt", brand, receipt }, undefined],
    ["an agent's message", message(TIME), undefined],
    ["what is no JSON", "{", undefined],
    ["what is no message of the bridge", "null", undefined],
  ])("reads when the customer wrote: %s", (_what, body, expected) => {
    expect(lineEventTime(record(body))).toBe(expected);
  });
});

describe("agentMessageTime", () => {
  it.each([
    ["a message", message(TIME), Date.parse(TIME)],
    ["a message without milliseconds", message("2026-11-23T06:30:00Z"), 1_795_415_400_000],
    ["a message far in the future, when it came", message("9999-12-31T23:59:59.999Z"), ARRIVED],
    ["a message without a time", message(undefined), undefined],
    ["a message with null for a time", message(null), undefined],
    ["a message with a number for a time", message(1_795_392_000_123), undefined],
    ["a message with words for a time", message("soon"), undefined],
    ["typing", typing, undefined],
    ["a customer's event", lineEvent(1_795_392_000_123), undefined],
    ["what is no JSON", "{", undefined],
    ["what is no message of the bridge", "null", undefined],
  ])("reads when the agent wrote: %s", (_what, body, expected) => {
    expect(agentMessageTime(record(body))).toBe(expected);
  });
});

describe("an agent's message", () => {
  it("comes out of the queue well-formed and without NUL, however deep it is", () => {
    const text = String.raw`"order 12 \ud83d please\u0000, \ud83d\ude00"`;
    const body = JSON.stringify(message(TIME)).replace('"hello"', text);
    expect(readOutboundMessage(record(body))).toMatchObject({
      message: { text: "order 12 \ufffd please, 😀" },
    });
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const deepBody = JSON.stringify(message(TIME)).replace('"hello"', `"hello","deep":${deep}`);
    expect(readOutboundMessage(record(deepBody))).toMatchObject({ message: { text: "hello" } });
    const both = deepBody.replace('"hello"', String.raw`"hello \ud83d"`);
    expect(readOutboundMessage(record(both))).toMatchObject({
      message: { id: message(TIME).message.id },
    });
  });
});
