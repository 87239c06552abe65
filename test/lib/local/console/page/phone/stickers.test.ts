import { isSendableSticker } from "../../../../../../lambdas/shared/contract/line-rules/sticker-packages.ts";
import {
  stickerName,
  stickersToChoose,
} from "../../../../../../lib/local/console/page/phone/stickers.ts";

const sample = { type: "sticker", packageId: "11537", stickerId: "52002734", keywords: ["a", "b"] };

it("offers 12 different stickers of LINE's list, the sample first", () => {
  const stickers = stickersToChoose(sample);
  expect(stickers[0]).toBe(sample);
  expect(new Set(stickers.map(({ stickerId }) => stickerId)).size).toBe(12);
  for (const { packageId, stickerId } of stickers) {
    expect([stickerId, isSendableSticker(packageId, stickerId)]).toEqual([stickerId, true]);
  }
});

it.each([
  ["a, b", sample],
  ["CHOCO & Friends 3", { type: "sticker", packageId: "11538", stickerId: "51626496" }],
  ["Sticker 1/2", { type: "sticker", packageId: "1", stickerId: "2" }],
])("names a sticker: %s", (name, sticker) => expect(stickerName(sticker)).toBe(name));
