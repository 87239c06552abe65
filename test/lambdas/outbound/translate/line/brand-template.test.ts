import fc from "fast-check";
import { anyCharacter } from "../../../any-character.ts";
import { render } from "../render.ts";
import { SOME_TEMPLATES as templates } from "../some-templates.ts";

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
  fc.array(anyCharacter, { minLength: 1, maxLength: 30 }).map((parts) => parts.join("")),
  fc
    .array(
      fc.constantFrom(
        '"',
        "\n",
        "\r\n",
        "{",
        "}",
        "{{name}}",
        "{e}",
        "$",
        "$&",
        "'",
        "<b>",
        "&",
        "\\",
        "|",
        "/",
        "..",
        "?",
        "#",
        "สวัสดี",
        "👨‍👩‍👧",
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

/** A value as one writes it in a marker. */
const written = (value: string) => value.replace(/[\\|[\]]/g, "\\$&");

function marker(name: string, values: Record<string, string> = {}): string {
  const fields = Object.entries(values).map(([place, value]) => `${place}: ${written(value)}`);
  return `[LINE TEMPLATE: ${[name, ...fields].join(" | ")}]`;
}

const sent = (text: string) => render({ text }, { templates }).pushes.flat();

/** Why nothing is sent. */
function refusal(text: string): string {
  try {
    sent(text);
  } catch (error) {
    expect(error).toMatchObject({
      name: "PermanentFailure",
      reason: "TemplateNotSendable",
      receipt: "UnsupportedMessage",
    });
    return (error as Error).message;
  }
  throw new Error("it is sent");
}

describe("a brand's template", () => {
  it("is sent as it is in the file", () => {
    expect(sent(marker("store-finder"))).toEqual(templates["store-finder"]?.messages);
  });

  it.each(["store-finder", " STORE-finder ", "ｓｔｏｒｅ－ｆｉｎｄｅｒ", "\nStore-Finder\n"])(
    "is found by %j",
    (name) => {
      expect(sent(marker(name))).toHaveLength(1);
    },
  );

  it("has each value wherever its place is named", () => {
    expect(sent("[LINE TEMPLATE: welcome | ＮＡＭＥ : สมชาย ใจดี]")).toEqual([
      { type: "text", text: "สวัสดีคุณ สมชาย ใจดี! สมชาย ใจดี" },
    ]);
  });

  it("keeps a value in its field: as text, line, data, part of an address, and beside emojis", () => {
    const [flex, v2, text] = sent(marker("fields", { name: 'A "b"\n{e}$1/..?x=1#y&{{name}}' }));
    expect(flex).toMatchObject({
      altText: 'To A "b" {e}$1/..?x=1#y&{{name}}',
      contents: {
        hero: {
          url: "https://shop.example/A%20%22b%22%20%7Be%7D%241%2F..%3Fx%3D1%23y%26%7B%7Bname%7D%7D.png?a=A%20%22b%22%20%7Be%7D%241%2F..%3Fx%3D1%23y%26%7B%7Bname%7D%7D",
        },
        body: { contents: [{ text: 'A "b"\n{e}$1/..?x=1#y&{{name}}' }] },
        footer: {
          contents: [{}, { action: { data: 'take=A "b"\n{e}$1/..?x=1#y&{{name}}' } }],
        },
      },
    });
    expect(v2).toMatchObject({ text: '{e} A "b"\n{{e}}$1/..?x=1#y&{{{{name}}}}' });
    expect(text).toMatchObject({
      text: '$ A "b"\n{e}$1/..?x=1#y&{{name}} $',
      emojis: [{ index: 0 }, { index: 32 }],
    });
  });

  it("changes in nothing but its places, whatever the value is", () => {
    const inert = JSON.stringify(sent(marker("fields", { name: "x" })), withoutTexts);
    const seen = { sent: 0, refused: 0 };
    fc.assert(
      fc.property(anyText, (name) => {
        let messages: unknown;
        try {
          messages = sent(marker("fields", { name }));
        } catch (error) {
          const { message } = error as Error;
          expect(error).toMatchObject({ reason: "TemplateNotSendable" });
          expect(message).toContain('"fields"');
          expect(message).toContain('"name"');
          seen.refused++;
          return;
        }
        seen.sent++;
        expect(JSON.stringify(messages, withoutTexts)).toBe(inert);
        for (const url of JSON.stringify(messages).match(/https:[^"]+/g) ?? []) {
          expect(new URL(url).host).toBe("shop.example");
          expect(new URL(url).hash).toBe("");
          expect(new URL(url).pathname.split("/")).toHaveLength(2);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(seen.sent).toBeGreaterThan(500);
    expect(seen.refused).toBeGreaterThan(0);
  });

  it.each([
    ["tel:", "+66 (0)2-123 45#", "tel:+660212345%23"],
    ["tel:", "*100#", "tel:*100%23"],
  ])("%s dials a value's digits: %j", (_, number, uri) => {
    expect(sent(marker("call", { number }))).toMatchObject([{ template: { actions: [{ uri }] } }]);
  });

  it.each([
    [
      "https://ร้าน.example/สาขา 1",
      "https://xn--q3ct9b5e.example/%E0%B8%AA%E0%B8%B2%E0%B8%82%E0%B8%B2%201",
    ],
    ["tel:02 123", "tel:02123"],
    ["line://nv/location", "line://nv/location"],
  ])("takes a whole link that LINE opens: %j", (link, uri) => {
    expect(sent(marker("link", { link }))).toMatchObject([{ template: { actions: [{ uri }] } }]);
  });

  it("goes out in its place among the words, and in parts of five", () => {
    const text = `A\n${marker("welcome", { name: "x" })} B ${marker("six")}[LINE STICKER: 11537/52002734]`;
    const { pushes } = render({ text }, { templates });
    expect(pushes.map((push) => push.length)).toEqual([5, 4]);
    expect(pushes.flat()).toMatchObject([
      { text: "A" },
      { text: "สวัสดีคุณ x! x" },
      { text: "B" },
      ...["0", "1", "2", "3", "4"].map((each) => ({ text: each })),
      { type: "sticker" },
    ]);
  });

  it("lets its quick replies stand on the last message, with choices and asks, each once", () => {
    const text = `${marker("store-finder")} ค่ะ [LINE ASK: location] [LINE ASK: camera]`;
    const content = [{ contentType: "QuickReply", quickReply: { text: "A", payload: "a" } }];
    const messages = render({ text, content }, { templates }).pushes.flat();
    expect(messages.map(({ quickReply }) => quickReply?.items?.length)).toEqual([undefined, 3]);
    expect(messages[1]?.quickReply?.items?.map(({ action }) => action?.type)).toEqual([
      "postback",
      "location",
      "camera",
    ]);
  });

  it("makes a card of choices for which its quick replies leave no room, and refuses asks", () => {
    const choices = [1, 2].map((n) => ({
      contentType: "QuickReply",
      quickReply: { text: `${n}`, payload: `${n}` },
    }));
    const messages = render({ text: marker("replies"), content: choices }, { templates });
    expect(messages.pushes.flat()).toMatchObject([
      { text: "?" },
      { type: "flex", quickReply: { items: { length: 12 } } },
    ]);
    const asks = "[LINE ASK: camera] [LINE ASK: location]";
    expect(refusal(`${marker("replies")} ${asks}`)).toContain("more than 13 quick replies");
    expect(refusal(marker("replies") + marker("store-finder") + asks)).toContain("more than 13");
  });

  it.each([
    [
      "an unknown name",
      "[LINE TEMPLATE: geheim]",
      /has no LINE template of this name\. It has: store-finder, welcome,/,
    ],
    ["a name of all objects", "[LINE TEMPLATE: constructor]", /has no LINE template/],
    [
      "no value",
      "[LINE TEMPLATE: welcome]",
      /"welcome" needs a value for the place "name"\. Write \[LINE TEMPLATE: welcome \| name: …\]/,
    ],
    [
      "nothing visible",
      "[LINE TEMPLATE: welcome | name: \u200b ]",
      /"welcome" does not take this value for the place "name": write something visible/,
    ],
    [
      "a value for no place",
      "[LINE TEMPLATE: welcome | name: a | geheim: b]",
      /"welcome" has no such place\. Write/,
    ],
    [
      "a value for no place at all",
      "[LINE TEMPLATE: store-finder | geheim: b]",
      /Write \[LINE TEMPLATE: store-finder\]/,
    ],
    [
      "two values",
      "[LINE TEMPLATE: welcome | name: geheim | NAME: geheim]",
      /"welcome" gets two values for the place "name"/,
    ],
    [
      "a label that is too long",
      marker("label", { text: "x", label: "geheim".repeat(4) }),
      /"label" with this value for the place "label": template\/actions\/0\/label: must not be longer than 20 characters/,
    ],
    [
      "a text that is too long",
      marker("label", { text: "geheim".repeat(30), label: "x" }),
      /place "text": template\/text: must not be longer than 160/,
    ],
    [
      "a bubble that is too large",
      marker("fields", { name: "geheim".repeat(5_000) }),
      /"fields" with this value for the place "name": altText: Length must be between 0 and 1500/,
    ],
    [
      "a foreign scheme",
      marker("link", { link: "javascript:alert('geheim')" }),
      /"link" does not take this value for the place "link": a link there begins with https:/,
    ],
    [
      "an address without https",
      marker("picture", { url: "http://shop.example/geheim.png" }),
      /place "url": the address of an image/,
    ],
    [
      "a folder above",
      marker("fields", { name: ".." }),
      /"fields" does not take this value for the place "name"/,
    ],
    ["no digits", marker("call", { number: "geheim" }), /place "number"/],
  ])("is refused for %s, and nothing goes out", (_, text, reason) => {
    const told = refusal(`Hello ${text}`);
    expect(told).toMatch(reason);
    expect(told).not.toContain("geheim");
  });

  it.each([
    ["a", 20],
    ["ก็", 10],
    ["👨‍👩‍👧", 4],
    ["🇹🇭", 10],
  ])(
    "holds a label's limit in code points, which are never fewer than graphemes: %s",
    (part, count) => {
      const label = part.repeat(count);
      expect([...label]).toHaveLength(20);
      expect(sent(marker("label", { text: "x", label }))).toMatchObject([
        { template: { actions: [{ label }] } },
      ]);
      expect(refusal(marker("label", { text: "x", label: label + part }))).toContain(
        "20 characters",
      );
    },
  );

  it("is refused where the brand has none", () => {
    expect(() => render({ text: "[LINE TEMPLATE: welcome]" })).toThrow(/has no LINE templates\./);
  });
});

/** What a value may not change. */
function withoutTexts(key: string, value: unknown): unknown {
  const isPlace = ["text", "altText", "url", "uri", "data", "index"].includes(key);
  return isPlace && typeof value !== "object" ? typeof value : value;
}
