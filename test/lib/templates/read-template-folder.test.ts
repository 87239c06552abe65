import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTemplateFolder } from "../../../lib/templates/read-template-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "line-genesys-templates-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const box = (...contents: object[]) => ({ type: "box", layout: "vertical", contents });
const bubble = (more: object = {}) => ({
  type: "bubble",
  altText: "A",
  body: box({ type: "text", text: "A" }),
  ...more,
});
const text = (more: object = {}) => ({ type: "text", text: "A", ...more });
const button = (action: object) => bubble({ footer: box({ type: "button", action }) });
const quick = (action: object) => text({ quickReply: { items: [{ type: "action", action }] } });
const REFERENCE = "see https://developers.line.biz/en/reference/messaging-api/";
/** Its form has more code points than people see as characters. */
const FAMILY = "👨‍👩‍👧";

function read(content: unknown, file = "a.json") {
  writeFileSync(
    join(folder, file),
    typeof content === "string" ? content : JSON.stringify(content),
  );
  return readTemplateFolder(folder);
}

describe("a folder of templates", () => {
  it.each<[string, unknown, unknown[]]>([
    ["a message", text({ text: "{{a}}" }), [text({ text: "{{a}}" })]],
    ["messages", { messages: [text(), text()] }, [text(), text()]],
    [
      "a bubble of Flex Message Simulator",
      { ...bubble(), quickReply: { items: [] }, sender: { name: "A" } },
      [],
    ],
  ])("takes %s", (_, content, messages) => {
    const { templates, faults } = read(content);
    if (messages.length === 0) {
      expect(templates.a?.messages).toEqual([
        {
          type: "flex",
          altText: "A",
          contents: { type: "bubble", body: bubble().body },
          quickReply: { items: [] },
          sender: { name: "A" },
        },
      ]);
      expect(faults).toEqual([
        `a.json: quickReply.items: [] is not allowed: May not be empty; ${REFERENCE}`,
      ]);
    } else {
      expect({ templates, faults }).toEqual({ templates: { a: { messages } }, faults: [] });
    }
  });

  it("takes a carousel of Flex Message Simulator", () => {
    const { altText, ...contents } = {
      altText: "A",
      type: "carousel",
      contents: [bubble({ altText: undefined })],
    };
    expect(read({ altText, ...contents })).toEqual({
      templates: {
        a: {
          messages: [{ type: "flex", altText, contents: JSON.parse(JSON.stringify(contents)) }],
        },
      },
      faults: [],
    });
  });

  it("names each by its file, whatever the case, the width and the script", () => {
    for (const file of ["Store Finder.JSON", "ｗｅｌｃｏｍｅ.json", "ค้นหาสาขา.json", "notes.txt"])
      read(text(), file);
    mkdirSync(join(folder, "drafts"));
    const { templates, faults } = readTemplateFolder(folder);
    expect(faults).toEqual([]);
    expect(Object.keys(templates).sort()).toEqual(["store finder", "welcome", "ค้นหาสาขา"].sort());
  });

  it.each<[string, unknown, string]>([
    ["is cut off", '{"type":', "not valid JSON: line 1, column 9: a value is expected"],
    [
      "has a key twice",
      '{"type":"text","text":"A","text":"B"}',
      'text: the key "text" stands twice; each key must be unique',
    ],
    ["is a list", [text()], "must be a LINE message, or {"],
    ["is no message", { text: "A" }, "must be a LINE message, or {"],
    ["holds no message", { messages: [] }, "messages: must be a LINE message, or {"],
    [
      "holds six messages",
      { messages: Array(6).fill(text()) },
      "messages: must be a LINE message, or {",
    ],
    [
      "holds something else",
      { message: 1, messages: [text()] },
      "message: unknown field; allowed here: messages",
    ],
    [
      "lacks the text of notifications",
      bubble({ altText: undefined }),
      'altText: is missing; add it beside "type"',
    ],
    [
      "has an unknown type",
      { type: "flexx" },
      'type: "flexx" is not allowed: Must be one of the following values: [text, textV2,',
    ],
    [
      "lacks a field",
      { type: "image", originalContentUrl: "https://a.example/a.png" },
      `previewImageUrl: is missing: May not be empty; allowed: string; ${REFERENCE}`,
    ],
    [
      "has an unknown field",
      bubble({ colour: 1 }),
      "colour: LINE knows no such field here; correct or remove it",
    ],
    [
      "has a wrong value",
      bubble({ size: "huge" }),
      `size: "huge" is not allowed: invalid property; allowed: nano, micro, deca, hecto, kilo, mega, giga; ${REFERENCE}`,
    ],
    [
      "has an unknown component",
      bubble({ body: box({ type: "txt" }) }),
      'body.contents[0].type: "txt" is not allowed: invalid property; allowed: box, button, image,',
    ],
    [
      "has a long text",
      text({ text: "A".repeat(5_001) }),
      "text: has 5001 UTF-16 units, and LINE takes 5000; shorten it",
    ],
    [
      "has a long text with a place",
      text({ text: `${"A".repeat(5_000)}{{a}}` }),
      "text: has 5001 UTF-16 units, and LINE takes 5000; shorten it",
    ],
    [
      "has a long label",
      quick({ type: "camera", label: "A".repeat(21) }),
      "quickReply.items[0].action.label: ",
    ],
    [
      "has a label of few graphemes and many code points",
      button({ type: "message", label: FAMILY.repeat(9), text: "A" }),
      "footer.contents[0].action.label: has 45 characters (code points), and LINE takes 40; shorten it",
    ],
    [
      "has a large bubble",
      bubble({ body: box({ type: "text", text: "A".repeat(30_000) }) }),
      "the bubble is too large: 30098 bytes as JSON, and LINE takes 30 KB for a bubble",
    ],
    [
      "has an ask among its buttons",
      button({ type: "camera", label: "A" }),
      'footer.contents[0].action.type: "camera" is not allowed',
    ],
    [
      "has a link of a scheme that LINE does not open",
      button({ type: "uri", label: "A", uri: "ftp://a.example" }),
      'footer.contents[0].action.uri: "ftp://a.example" is not allowed',
    ],
    [
      "shows an image without https",
      bubble({ hero: { type: "image", url: "http://a.example/a.png" } }),
      'hero.url: "http://a.example/a.png" is not allowed',
    ],
    [
      "has a sticker that accounts cannot send",
      { type: "sticker", packageId: "1", stickerId: "1" },
      'stickerId: "1" is not allowed: this sticker cannot be sent',
    ],
    [
      "has an emoji at another sign",
      text({ text: "A{{a}}", emojis: [{ index: 0, productId: "p", emojiId: "1" }] }),
      "emojis[0].index: 0 is not allowed: invalid index",
    ],
    [
      "makes a place an emoji",
      {
        type: "textV2",
        text: "{{{a}}}",
        substitution: { a: { type: "emoji", productId: "p", emojiId: "1" } },
      },
      "text: ",
    ],
    [
      "has a place in a field that takes none",
      text({ quickReply: "{{a}}" }),
      "quickReply: a place such as {{name}} cannot stand here; it can in text, displayText,",
    ],
    [
      "has a place in a type",
      { type: "{{a}}" },
      "type: a place such as {{name}} cannot stand here",
    ],
    [
      "has a place in a key",
      text({ "{{a}}": 1 }),
      "{{a}}: a place cannot stand in a key; write it in a text",
    ],
    [
      "has a place without a name",
      text({ text: "{{}}" }),
      "text: double braces stand for a place: {{name}}",
    ],
    [
      "has a place with a sign in its name",
      text({ text: "{{a.b}} {{c}}" }),
      "text: double braces stand for a place: {{name}}",
    ],
    [
      "has a place that is not closed",
      text({ text: "{{a}" }),
      "text: double braces stand for a place: {{name}}",
    ],
    [
      "has a place in a scheme",
      button({ type: "uri", label: "A", uri: "{{a}}://a.example" }),
      "footer.contents[0].action.uri: a place is the whole address, or stands behind the host",
    ],
    [
      "has a place in a host",
      button({ type: "uri", label: "A", uri: "https://{{a}}.example/" }),
      "footer.contents[0].action.uri: a place is the whole address, or stands behind the host",
    ],
    [
      "has a place right behind a host",
      button({ type: "uri", label: "A", uri: "https://a.example{{a}}" }),
      "footer.contents[0].action.uri: a place is the whole address, or stands behind the host",
    ],
    [
      "has an agent's marker",
      text({ text: "A [LINE ASK: location]" }),
      "text: [LINE …] is for agents' texts",
    ],
  ])("names a file that %s", (_, content, told) => {
    const [fault, ...more] = read(content).faults;
    expect(more).toEqual([]);
    expect(fault?.slice(0, `a.json: ${told}`.length)).toBe(`a.json: ${told}`);
  });

  it("names the faults of all messages of a file, and of all files", () => {
    read({ messages: [text({ text: "" }), text(), text({ text: "" })] });
    read({ type: "a" }, "b.json");
    expect(readTemplateFolder(folder).faults).toEqual([
      expect.stringMatching(/^a\.json: messages\[0\]\.text: "" is not allowed/),
      expect.stringMatching(/^a\.json: messages\[2\]\.text: "" is not allowed/),
      expect.stringMatching(/^b\.json: type: "a" is not allowed/),
    ]);
  });

  it.each(["a!.json", "a|b.json", ".json", `${"a".repeat(65)}.json`])(
    "refuses the name %s",
    (file) => {
      expect(read(text(), file).faults).toEqual([
        `${file}: a template's name has 1 to 64 letters, digits, blanks, _ and -; rename the file`,
      ]);
    },
  );

  it("refuses two files of the same name", () => {
    read(text(), "A.json");
    expect(read(text(), "ａ.json").faults).toEqual([
      'ａ.json: another file is also called "a", where letter case and width do not count; rename one of them',
    ]);
  });

  it("has to be there, and not empty", () => {
    expect(readTemplateFolder(folder).faults).toEqual([
      "the folder holds no template: add one, such as welcome.json",
    ]);
    expect(readTemplateFolder(join(folder, "none")).faults).toEqual([
      expect.stringMatching(/^the folder cannot be read: .*ENOENT/),
    ]);
    mkdirSync(join(folder, "a.json"));
    expect(readTemplateFolder(folder).faults).toEqual([
      expect.stringMatching(/^a\.json: cannot be read: .*EISDIR/),
    ]);
  });
});
