import fc from "fast-check";
import { decodeButton, encodeButton } from "../../../../lambdas/shared/genesys/button-data.ts";
import { anyCharacter } from "../../any-character.ts";

const id = "c327c2078ca056db130c55ce648d9fa2";

describe("the data of a button", () => {
  it.each([
    ["はい", "yes"],
    ["ใช่ค่ะ 👨‍👩‍👧", '{"order": "A-1029", "quote": "\\""}'],
    ["نعم", ""],
  ])("carries text %j and payload %j back", (text, payload) => {
    const button = { type: "QuickReply" as const, originatingMessageId: id, text, payload };
    const { data, isLong } = encodeButton(button, 0);
    expect(isLong).toBe(false);
    expect(decodeButton(data)).toEqual({ kind: "button", button });
  });

  it("never has more than 300 UTF-16 units, and refers to the button if it does not fit", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: anyCharacter, maxLength: 400 }),
        fc.string({ unit: anyCharacter, maxLength: 400 }),
        fc.constantFrom("Button" as const, "QuickReply" as const, "DatePicker" as const),
        fc.nat(1_000),
        (text, payload, type, index) => {
          const button = { type, originatingMessageId: id, text, payload };
          const { data, isLong } = encodeButton(button, index);
          expect(data.length).toBeLessThanOrEqual(300);
          expect(decodeButton(data)).toEqual(
            isLong
              ? { kind: "reference", originatingMessageId: id, index }
              : { kind: "button", button },
          );
        },
      ),
    );
  });

  it.each([
    "",
    "action=buy&itemid=111",
    "[]",
    "null",
    '["gc"]',
    '["gc","X","g1","a","b"]',
    '{"a":1}',
  ])("is not found in %j", (data) => {
    expect(decodeButton(data)).toBeUndefined();
  });
});
