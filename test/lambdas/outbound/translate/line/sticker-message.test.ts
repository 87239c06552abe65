import { STICKER_PACKAGES } from "../../../../../lambdas/shared/line/sticker-packages.ts";
import { isSendableSticker } from "../../../../../lib/local/simulators/line/sticker-packages.ts";
import { render } from "../render.ts";

describe("a sticker", () => {
  it.each([...STICKER_PACKAGES])(
    "can be sent from the whole package %s",
    (packageId, { first, last }) => {
      for (const id of [first, last]) {
        const text = `[LINE STICKER: ${packageId}/${id}]`;
        expect(render({ text }).pushes).toEqual([
          [{ type: "sticker", packageId, stickerId: `${id}` }],
        ]);
        expect(isSendableSticker(packageId, `${id}`)).toBe(true);
      }
      expect(isSendableSticker(packageId, `${first - 1}`)).toBe(false);
      expect(isSendableSticker(packageId, `${last + 1}`)).toBe(false);
    },
  );

  it("can have blanks around it", () => {
    expect(render({ text: " [LINE STICKER: 11537/52002734]\n" }).pushes).toEqual([
      [{ type: "sticker", packageId: "11537", stickerId: "52002734" }],
    ]);
  });

  it.each([
    "[LINE STICKER: 11537/52002774]",
    "[LINE STICKER: 11537/52002733]",
    "[LINE STICKER: 12287/738839]",
    "[LINE STICKER: 446/01988]",
    "[LINE STICKER: 0/0]",
    "[LINE STICKER: cony, sally]",
    "ขอบคุณ [LINE STICKER: 11537/52002734]",
    "[LINE STICKER: 11537/52002734][LINE STICKER: 11537/52002734]",
  ])("stays text: %s", (text) => {
    expect(render({ text }).pushes).toEqual([[{ type: "text", text }]]);
  });
});
