import fc from "fast-check";
import { ensureNoAsk, splitAsks } from "../../../../../lambdas/outbound/translate/text/ask.ts";
import { anyCharacter } from "../../../any-character.ts";
import { anyMarker, anyWords } from "./any-marker.ts";

const notSendable = expect.objectContaining({
  name: "PermanentFailure",
  reason: "AskNotSendable",
  receipt: "UnsupportedMessage",
});
const solid = (text: string) => text.replace(/\s/g, "");

describe("splitAsks", () => {
  it.each([
    ["อยู่ที่ไหนคะ [LINE ASK: location]", "อยู่ที่ไหนคะ", ["location"]],
    ["写真をお願いします。\n[LINE ASK: camera]\n", "写真をお願いします。", ["camera"]],
    ["A\n\n[LINE ASK: camera]\n\nB", "A\n\nB", ["camera"]],
    ["Please [line ask:CAMERA  ROLL] now", "Please now", ["cameraRoll"]],
    ["[ Line Ask : location ] A", "A", ["location"]],
    ["A[LINE ASK: camera][LINE ASK: camera roll]", "A", ["camera", "cameraRoll"]],
    ["A [LINE ASK: camera]\n[LINE ASK: camera]", "A", ["camera", "camera"]],
    ["[LINE ASK:\nlocation]", "", ["location"]],
    ["[1] A [LINE ASK: location] [2]", "[1] A [2]", ["location"]],
  ])("takes the markers out of %j", (text, rest, asks) => {
    expect(splitAsks(text)).toEqual({ rest, asks });
  });

  it.each([
    "  はい\n",
    "[LINE ASK]",
    "[LINE ASK location]",
    "LINE ASK: location",
    "[LINEASK: location]",
    "[LINE STICKER: 11537/52002735]",
    "",
  ])("leaves %j as it is", (text) => {
    expect(splitAsks(text)).toEqual({ rest: text, asks: [] });
  });

  it.each([
    ["what LINE cannot ask for", "A [LINE ASK: blood type]"],
    ["one of them", "[LINE ASK: location] [LINE ASK: blood type]"],
    ["nothing", "[LINE ASK: ]"],
    ["the name of LINE's action", "[LINE ASK: cameraRoll]"],
    ["the name of a field of objects", "[LINE ASK: constructor]"],
    ["two at once", "[LINE ASK: location, camera]"],
    ["something that is not closed", "A [LINE ASK: location"],
    ["one inside the other", "[LINE ASK: [LINE ASK: location]]"],
    ["what appears where a marker was", "[LINE A[LINE ASK: camera]SK: location]"],
  ])("refuses to ask for %s", (_, text) => {
    expect(() => splitAsks(text)).toThrow(notSendable);
  });

  it("leaves no marker and all the rest, in order, wherever the markers stand", () => {
    const piece = fc.oneof(
      anyWords.map((words) => ({ words })),
      anyMarker,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const words = pieces.flatMap((each) => ("words" in each ? [each.words] : []));
        const asks = pieces.flatMap((each) => ("ask" in each ? [each.ask] : []));
        const text = pieces.map((each) => ("words" in each ? each.words : each.marker)).join("");
        const split = splitAsks(text);
        expect(split.asks).toEqual(asks);
        expect(solid(split.rest)).toBe(solid(words.join("")));
        expect(() => ensureNoAsk(split.rest)).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });

  it("changes nothing of the text before markers at its end", () => {
    const before = anyWords.map((words) => words.trim());
    fc.assert(
      fc.property(
        before,
        fc.array(anyMarker, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("", " ", "\n", "\n\n"),
        (words, markers, blank) => {
          const text = [words, ...markers.map(({ marker }) => marker)].join(blank) + blank;
          expect(splitAsks(text).rest).toBe(words);
        },
      ),
    );
  });

  it("either takes all markers out or refuses, whatever is near to one", () => {
    const near = fc.constantFrom("[", "]", "LINE", " ", "ASK", ":", "camera", "roll", "[LINE ASK:");
    const seen = { refused: 0, asked: 0, none: 0 };
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: near }, anyCharacter), { maxLength: 20 }),
        (parts) => {
          const text = parts.join("");
          try {
            const { rest, asks } = splitAsks(text);
            expect(rest).not.toMatch(/\[\s*LINE\s+ASK\s*:/i);
            seen[asks.length > 0 ? "asked" : "none"]++;
            if (asks.length === 0) expect(rest).toBe(text);
          } catch (error) {
            expect(error).toEqual(notSendable);
            seen.refused++;
          }
        },
      ),
      { numRuns: 5_000 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });

  it.each([
    ["blanks", " "],
    ["brackets", "["],
    ["brackets and blanks", "[  "],
    ["names", "[LINE "],
    ["starts", "[LINE ASK:"],
    ["markers", "[LINE ASK: camera]"],
  ])("takes no time for 200,000 characters of %s", (_, part) => {
    const text = `[LINE ASK: location]${part.repeat(200_000 / part.length)}`;
    const started = performance.now();
    try {
      splitAsks(text);
    } catch (error) {
      expect(error).toEqual(notSendable);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
