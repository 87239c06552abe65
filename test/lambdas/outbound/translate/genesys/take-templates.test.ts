import { readable, render } from "../render.ts";
import { SOME_TEMPLATES as templates } from "../some-templates.ts";

const WELCOME = "[LINE TEMPLATE: welcome | name: สมชาย]";
const SHOWN = "สวัสดีคุณ สมชาย! สมชาย";
const NOT_SENDABLE = expect.objectContaining({
  reason: "TemplateNotSendable",
  receipt: "UnsupportedMessage",
});

const sent = (parts: { text?: string; content?: unknown[] }) =>
  readable(render(parts, { templates }).pushes.flat());

const notification = (parts: object) => ({ contentType: "Notification", template: parts });
const named = (...texts: string[]) => texts.map((text, at) => ({ name: `${at + 1}`, text }));

describe("a template in the content of a message", () => {
  it.each<[string, unknown, string[]]>([
    ["a text", { contentType: "Text", text: { body: `A ${WELCOME} B` } }, ["A", SHOWN, "B"]],
    [
      "a card's description",
      {
        contentType: "Card",
        card: {
          title: "A",
          description: `B ${WELCOME}`,
          actions: [{ type: "Postback", text: "C", payload: "c" }],
        },
      },
      ["A", "B", "C", SHOWN],
    ],
    [
      "the title of quick replies",
      {
        contentType: "QuickReplyV2",
        quickReplyV2: { title: `A ${WELCOME}`, actions: [{ text: "B", payload: "b" }] },
      },
      [SHOWN, "A", "B"],
    ],
    [
      "a place's name",
      { contentType: "Location", location: { text: `A ${WELCOME}`, latitude: 1, longitude: 2 } },
      ["A", "1, 2", SHOWN],
    ],
    ["an unknown content", { contentType: "Story", story: { text: `A ${WELCOME}` } }, ["A", SHOWN]],
    [
      "nothing else of an unknown content",
      { contentType: "Story", story: { text: WELCOME } },
      [SHOWN],
    ],
    ["a notification", notification({ body: { text: `A ${WELCOME} B` } }), ["A\nB", SHOWN]],
    ["nothing else of a notification", notification({ body: { text: WELCOME } }), [SHOWN]],
    [
      "each part of a notification with buttons",
      notification({
        header: { text: `A ${WELCOME}` },
        body: { text: "B" },
        footer: { text: `${WELCOME} C` },
        buttons: [{ type: "QuickReply", text: "D", payload: "d" }],
      }),
      ["A", "B\n\nC", "D", SHOWN, SHOWN],
    ],
  ])("goes out with %s", (_, content, shown) => {
    expect(sent({ content: [content] })).toEqual(shown);
  });

  it.each([["Somchai | name: x] [LINE TEMPLATE: six]"], ["{{1}}"], ["$&"]])(
    "has a notification's parameter as its value, and no more: %j",
    (value) => {
      const text = "A [LINE TEMPLATE: welcome | name: {{1}}]";
      const content = [notification({ body: { text, parameters: named(value) } })];
      expect(sent({ content })).toEqual(["A", `สวัสดีคุณ ${value}! ${value}`]);
    },
  );

  it.each(["Somchai | name: x] [LINE TEMPLATE: six]", "A|B", "Som] x", "a\\b"])(
    "goes out once where the message's text repeats the notification with its parameter: %j",
    (value) => {
      const body = "A [LINE TEMPLATE: welcome | name: {{1}}]";
      const parts = { header: { text: "H" }, footer: { text: "F" } };
      const own = { text: body, parameters: named(value) };
      const said = body.replace("{{1}}", () => value);
      const shown = `สวัสดีคุณ ${value}! ${value}`;
      expect(sent({ text: said, content: [notification({ body: own })] })).toEqual(["A", shown]);
      expect(
        sent({ text: `H\n${said}\nF`, content: [notification({ ...parts, body: own })] }),
      ).toEqual(["H\n\nA\n\nF", shown]);
    },
  );

  it("can be a parameter where only the provider knows the text, or all of it", () => {
    for (const text of ["", "{{1}}"]) {
      const content = [notification({ body: { text, parameters: named(WELCOME) } })];
      expect(sent({ content })).toEqual([SHOWN]);
    }
  });

  it.each([
    ["a quick reply", { contentType: "QuickReply", quickReply: { text: WELCOME, payload: "a" } }],
    [
      "a card",
      { contentType: "Card", card: { title: "A", actions: [{ type: "Postback", text: WELCOME }] } },
    ],
    [
      "a notification",
      notification({ body: { text: "A" }, buttons: [{ type: "QuickReply", text: WELCOME }] }),
    ],
    [
      "a list",
      { contentType: "ListPicker", listPicker: { sections: [{ items: [{ title: WELCOME }] }] } },
    ],
  ])("fails on a button of %s", (_, content) => {
    expect(() => sent({ content: [content] })).toThrow(NOT_SENDABLE);
  });

  it.each([
    ["a text", { contentType: "Text", text: { body: `A ${WELCOME}` } }, ["A", SHOWN]],
    ["a notification", notification({ body: { text: `A ${WELCOME}` } }), ["A", SHOWN]],
    ["nothing else", notification({ body: { text: WELCOME } }), [SHOWN]],
  ])(
    "goes out once where the message's text says the same as its content: %s",
    (what, content, shown) => {
      const text = what === "nothing else" ? WELCOME : `A ${WELCOME}`;
      expect(sent({ text, content: [content] })).toEqual(shown);
    },
  );

  it("goes out with a text that its content does not say", () => {
    const content = [{ contentType: "Text", text: { body: WELCOME } }];
    expect(sent({ text: "A", content })).toEqual(["A", SHOWN]);
    expect(
      sent({ text: WELCOME, content: [{ contentType: "Text", text: { body: "A" } }] }),
    ).toEqual([SHOWN, "A"]);
  });
});
