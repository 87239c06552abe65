import {
  isSendableSticker,
  STICKER_PACKAGES,
} from "../../../../../lambdas/shared/contract/line-rules/sticker-packages.ts";

/** LINE's list. https://developers.line.biz/en/docs/messaging-api/sticker-list */
const SENDABLE = [
  ["446", 1988, 2027],
  ["789", 10855, 10894],
  ["1070", 17839, 17878],
  ["6136", 10551376, 10551399],
  ["6325", 10979904, 10979927],
  ["6359", 11069848, 11069871],
  ["6362", 11087920, 11087943],
  ["6370", 11088016, 11088039],
  ["6632", 11825374, 11825397],
  ["8515", 16581242, 16581265],
  ["8522", 16581266, 16581289],
  ["8525", 16581290, 16581313],
  ["11537", 52002734, 52002773],
  ["11538", 51626494, 51626533],
  ["11539", 52114110, 52114149],
] as const;

it.each(SENDABLE)(
  "an account may send the stickers of package %s from %i to %i",
  (id, first, last) => {
    const may = (sticker: number) => isSendableSticker(id, `${sticker}`);
    expect([first - 1, first, last, last + 1].map(may)).toEqual([false, true, true, false]);
  },
);

it("an account may send no others", () => {
  expect([...STICKER_PACKAGES.keys()]).toEqual(SENDABLE.map(([id]) => id));
  expect(isSendableSticker("446", "01988")).toBe(false);
  expect(isSendableSticker("1", "1988")).toBe(false);
});
