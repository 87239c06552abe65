import fc from "fast-check";
import {
  isSendableSticker,
  STICKER_PACKAGES,
} from "../../../../../lambdas/shared/contract/line-rules/sticker-packages.ts";
import { PermanentFailure } from "../../../../../lambdas/shared/failures/failures.ts";
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
      }
    },
  );

  it("can have blanks around it", () => {
    expect(render({ text: " [LINE STICKER: 11537/52002734]\n" }).pushes).toEqual([
      [{ type: "sticker", packageId: "11537", stickerId: "52002734" }],
    ]);
  });

  it.each([
    "[LINE STICKER: 1/1]",
    "[LINE STICKER: 11537/52002774]",
    "[LINE STICKER: 11537/52002733]",
    "[LINE STICKER: 12287/738839]",
    " [LINE STICKER: 446/01988]\n",
    "[LINE STICKER: 0/0]",
    `[LINE STICKER: 11537/${"5".repeat(400)}]`,
  ])("that LINE does not let an account send fails, wherever the text is: %s", (text) => {
    for (const parts of [{ text }, { content: [{ contentType: "Text", text: { body: text } }] }]) {
      expect(() => render(parts)).toThrow(
        expect.objectContaining({ reason: "StickerNotSendable", receipt: "UnsupportedMessage" }),
      );
    }
  });

  it("is sent exactly if LINE's simulator takes it, and never read as text", () => {
    const nearby = fc
      .constantFrom(...STICKER_PACKAGES)
      .chain(([packageId, { first, last }]) =>
        fc.integer({ min: first - 3, max: last + 3 }).map((id) => [packageId, `${id}`] as const),
      );
    const digits = fc.stringMatching(/^\d{1,12}$/);
    fc.assert(
      fc.property(fc.oneof(nearby, fc.tuple(digits, digits)), ([packageId, stickerId]) => {
        const push = () => render({ text: `[LINE STICKER: ${packageId}/${stickerId}]` }).pushes;
        if (isSendableSticker(packageId, stickerId)) {
          expect(push()).toEqual([[{ type: "sticker", packageId, stickerId }]]);
        } else {
          expect(push).toThrow(PermanentFailure);
        }
      }),
    );
  });

  it.each([
    "[LINE STICKER: cony, sally]",
    "[LINE STICKER: package 12287, sticker 738839]",
    "[LINE UNSEND: 1/1]",
    "ขอบคุณ [LINE STICKER: 11537/52002734]",
    "[LINE STICKER: 11537/52002734][LINE STICKER: 11537/52002734]",
  ])("stays text: %s", (text) => {
    expect(render({ text }).pushes).toEqual([[{ type: "text", text }]]);
  });
});
