import fc from "fast-check";
import {
  ensureNoTemplate,
  splitTemplates,
} from "../../../../../lambdas/outbound/translate/text/template-marker.ts";
import { anyCharacter } from "../../../any-character.ts";

const notSendable = expect.objectContaining({
  name: "PermanentFailure",
  reason: "TemplateNotSendable",
  receipt: "UnsupportedMessage",
});

const call = (name: string, values: Record<string, string> = {}) => ({
  name,
  values: Object.entries(values).map(([place, value]) => ({ place, value })),
});

describe("splitTemplates", () => {
  it.each([
    ["[LINE TEMPLATE: store-finder]", [call(" store-finder")]],
    ["ค่ะ [LINE TEMPLATE:a]\n\nครับ", ["ค่ะ", call("a"), "ครับ"]],
    ["[ line  template :a][LINE TEMPLATE：b]", [call("a"), call("b")]],
    ["[LINE TEMPLATE: a | n: x | m: y]", [call(" a ", { " n": " x ", " m": " y" })]],
    ["[LINE TEMPLATE:a|time:10:30]", [call("a", { time: "10:30" })]],
    ["[LINE TEMPLATE:a|時間：10：30]", [call("a", { 時間: "10：30" })]],
    ["[LINE TEMPLATE:a|n:]", [call("a", { n: "" })]],
    ['[LINE TEMPLATE:a|n:"} {{x}}\n\r\n\\n]', [call("a", { n: '"} {{x}}\n\r\n\\n' })]],
    ["[LINE TEMPLATE:a|n:A \\| B|m:C\\\\]", [call("a", { n: "A | B", m: "C\\" })]],
    ["[LINE TEMPLATE:a|n:Siam [2F | x: 1]]!", [call("a", { n: "Siam [2F | x: 1]" }), "!"]],
    ["[LINE TEMPLATE:a|n:\\[LINE TEMPLATE:\\]]", [call("a", { n: "[LINE TEMPLATE:]" })]],
  ])("takes the templates out of %j", (text, pieces) => {
    expect(splitTemplates(text)).toEqual(pieces);
  });

  it.each(["  はい\n", "", "[LINE TEMPLATES]", "LINE TEMPLATE: a", "[LINETEMPLATE: a]", "[1]"])(
    "leaves %j as it is",
    (text) => {
      expect(splitTemplates(text)).toEqual([text]);
      expect(() => ensureNoTemplate(text)).not.toThrow();
    },
  );

  it.each([
    ["has no colon", "[LINE TEMPLATE store-finder]"],
    ["names nothing", "[LINE TEMPLATE]"],
    ["has full-width brackets", "［LINE TEMPLATE：a］"],
    ["is not closed", "A [LINE TEMPLATE: a | n: x"],
    ["is not closed before the next", "[LINE TEMPLATE: a [LINE TEMPLATE: b]"],
    ["has a value without a colon", "[LINE TEMPLATE: a | Somchai]"],
    ["has an empty field", "[LINE TEMPLATE: a |]"],
    ["has a bracket that is not closed", "[LINE TEMPLATE: a | n: x [y]"],
  ])("refuses a marker that %s", (_, text) => {
    expect(() => splitTemplates(text)).toThrow(notSendable);
    expect(() => ensureNoTemplate(text)).toThrow(notSendable);
  });

  it("refuses more templates than a message can show", () => {
    const marker = "[LINE TEMPLATE:a]";
    expect(splitTemplates(marker.repeat(25))).toHaveLength(25);
    expect(() => splitTemplates(marker.repeat(26))).toThrow(notSendable);
  });

  it("gives back each value, whatever is in it, if its signs have a backslash", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 5 }),
        anyCharacter,
        (values, end) => {
          const written = values.map((value) => value.replace(/[\\|[\]]/g, "\\$&"));
          const text = `[LINE TEMPLATE:t${written.map((value, at) => `|p${at}:${value}`).join("")}]`;
          const places = Object.fromEntries(values.map((value, at) => [`p${at}`, value]));
          const pieces = splitTemplates(text + end);
          expect(pieces[0]).toEqual(call("t", places));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("takes all markers out or refuses, whatever is near to one", () => {
    const near = fc.constantFrom("[", "]", "LINE", " ", "TEMPLATE", ":", "|", "\\", "a", "n:");
    const start = fc.constantFrom("[LINE TEMPLATE:", "[LINE TEMPLATE: a]");
    const seen = { refused: 0, called: 0, none: 0 };
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: near }, start, anyCharacter), { maxLength: 20 }),
        (parts) => {
          const text = parts.join("");
          try {
            const pieces = splitTemplates(text);
            const words = pieces.filter((piece) => typeof piece === "string");
            for (const each of words) expect(each).not.toMatch(/\[\s*LINE\s+TEMPLATE\s*[:\]]/i);
            seen[words.length < pieces.length ? "called" : "none"]++;
          } catch (error) {
            expect(error).toEqual(notSendable);
            seen.refused++;
          }
        },
      ),
      { numRuns: 3_000 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });

  it("takes time that grows only with the length of the text", () => {
    const hostile = ["[", "[ ", "[LINE ", "\\", "[LINE TEMPLATE", "|", " "].map((part) =>
      part.repeat(200_000),
    );
    const begin = performance.now();
    for (const text of hostile) {
      try {
        splitTemplates(`[LINE TEMPLATE:${text}`);
      } catch (error) {
        expect(error).toEqual(notSendable);
      }
    }
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});
