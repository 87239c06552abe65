import {
  carriedParts,
  ensureSameSplit,
  unitedParts,
} from "../../../../lambdas/shared/queue/sent-parts.ts";

const record = (stringValue?: string) => ({
  messageAttributes:
    stringValue === undefined ? {} : { SentParts: { dataType: "String" as const, stringValue } },
});

describe("what a dead letter carries of the parts that were sent", () => {
  it("is read", () => {
    const text = '{"parts":3,"sent":["1","2.1"],"refused":{"2":[0,4]}}';
    expect(carriedParts(record(text))).toEqual({
      parts: 3,
      sent: ["1", "2.1"],
      refused: { 2: [0, 4] },
    });
  });

  it.each([
    undefined,
    "",
    "no JSON",
    "{}",
    '{"parts":0,"sent":["1"]}',
    '{"parts":2,"sent":[]}',
    '{"parts":2,"sent":[1]}',
  ])("is nothing where it is %p", (text) => {
    expect(carriedParts(record(text))).toBeUndefined();
  });

  it("is united with what the table knows, unless that counts the parts differently", () => {
    const carried = { parts: 4, sent: ["1", "2.1"], refused: { 2: [0] } };
    expect(unitedParts(carried, { parts: 4, sent: ["2.1", "3"] })).toEqual({
      parts: 4,
      sent: ["1", "2.1", "3"],
      refused: { 2: [0] },
    });
    expect(unitedParts(carried, { parts: 5, sent: ["3"] })).toBe(carried);
    expect(unitedParts(undefined, carried)).toBe(carried);
    expect(unitedParts(carried, undefined)).toBe(carried);
    expect(unitedParts(undefined, undefined)).toBeUndefined();
  });

  it("ends a message that is now split differently", () => {
    const known = { parts: 3, sent: ["1", "2"] };
    ensureSameSplit(known, 3);
    ensureSameSplit(undefined, 7);
    expect(() => ensureSameSplit(known, 4)).toThrow(
      expect.objectContaining({
        reason: "SplitChanged",
        message: "2 of the message's 3 parts have been sent; now it is split into 4.",
      }),
    );
  });
});
