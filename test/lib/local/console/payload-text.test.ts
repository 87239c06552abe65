import { jsonOf, payloadText } from "../../../../lib/local/console/payload-text.ts";

it("is JSON that a person can read, without tokens", () => {
  const event = { replyToken: "r", message: { markAsReadToken: "m", text: "replyToken" } };
  expect(JSON.parse(payloadText({ events: [event] }))).toEqual({
    events: [
      {
        replyToken: "(not kept)",
        message: { markAsReadToken: "(not kept)", text: "replyToken" },
      },
    ],
  });
  expect(payloadText({ a: 1 })).toBe('{\n  "a": 1\n}');
  expect(payloadText(undefined)).toBe("");
});

it("is cut behind 20,000 characters, with a note", () => {
  const text = payloadText("x".repeat(30_000));
  expect(text).toMatch(/^"x{19999}\n… cut here: 30002 characters in all$/);
});

it.each<[string, unknown]>([
  ['{"a":1}', { a: 1 }],
  ["", undefined],
  ["no JSON", undefined],
  ["[".repeat(100_000) + "]".repeat(100_000), undefined],
])("reads the JSON of a body: %.20j", (body, value) => {
  expect(jsonOf(Buffer.from(body))).toEqual(value);
});
