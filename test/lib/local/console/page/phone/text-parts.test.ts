import { readText, textParts } from "../../../../../../lib/local/console/page/phone/text-parts.ts";

const url = "https://shop.example/coat?id=1&size=m#top";

it.each([
  ["no address", "สวัสดี", [{ text: "สวัสดี" }]],
  ["nothing", "", []],
  ["an address alone", url, [{ text: url, url }]],
  ["an address in a line", `a ${url} b`, [{ text: "a " }, { text: url, url }, { text: " b" }]],
  ["the end of a sentence", `${url}.`, [{ text: url, url }, { text: "." }]],
  ["brackets", `(${url})`, [{ text: "(" }, { text: url, url }, { text: ")" }]],
  [
    "a Japanese sentence",
    `こちら「${url}」。`,
    [{ text: "こちら「" }, { text: url, url }, { text: "」。" }],
  ],
  ["another scheme", "javascript:alert(1)", [{ text: "javascript:alert(1)" }]],
  ["two addresses", `${url}\n${url}`, [{ text: url, url }, { text: "\n" }, { text: url, url }]],
])("finds the addresses in %s", (_, text, parts) => {
  expect(textParts(text)).toEqual(parts);
  expect(parts.map((part) => part.text).join("")).toBe(text);
});

it("reads a text (v2) with what stands in it", () => {
  const substitution = {
    all: { type: "mention", mentionee: { type: "all" } },
    who: { type: "mention", mentionee: { type: "user" } },
    heart: { type: "emoji" },
  };
  const text = "{all} {who} {heart} {{literal}} {unknown}";
  expect(readText({ type: "textV2", text, substitution })).toBe("@All @you 🙂 {literal} {unknown}");
});

it("leaves the braces of an ordinary text alone", () => {
  expect(readText({ type: "text", text: "{{a}}" })).toBe("{{a}}");
});
