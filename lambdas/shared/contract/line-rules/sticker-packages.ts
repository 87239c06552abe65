/** A package of stickers that a bot may send: its title and the ids of its first and last sticker. */
interface StickerPackage {
  title: string;
  first: number;
  last: number;
}

/**
 * The packages that LINE names, by package id. A bot may send only these, and there is no official
 * list of the others. https://developers.line.biz/en/docs/messaging-api/sticker-list
 */
export const STICKER_PACKAGES: ReadonlyMap<string, StickerPackage> = new Map([
  ["446", { title: "Moon: Special Edition", first: 1988, last: 2027 }],
  ["789", { title: "Sally: Special Edition", first: 10855, last: 10894 }],
  ["1070", { title: "Moon: Special Edition", first: 17839, last: 17878 }],
  ["6136", { title: "LINE Characters: Making Amends", first: 10551376, last: 10551399 }],
  ["6325", { title: "Brown and Cony Fun Size Pack", first: 10979904, last: 10979927 }],
  ["6359", { title: "Brown and Cony Fun Size Pack", first: 11069848, last: 11069871 }],
  ["6362", { title: "Brown and Cony Fun Size Pack", first: 11087920, last: 11087943 }],
  ["6370", { title: "Brown and Cony Fun Size Pack", first: 11088016, last: 11088039 }],
  ["6632", { title: "LINE Characters: Making Amends", first: 11825374, last: 11825397 }],
  ["8515", { title: "LINE Characters: Pretty Phrases", first: 16581242, last: 16581265 }],
  ["8522", { title: "LINE Characters: Pretty Phrases", first: 16581266, last: 16581289 }],
  ["8525", { title: "LINE Characters: Pretty Phrases", first: 16581290, last: 16581313 }],
  ["11537", { title: "Brown & Cony & Sally: Animated Special", first: 52002734, last: 52002773 }],
  ["11538", { title: "CHOCO & Friends: Animated Special", first: 51626494, last: 51626533 }],
  ["11539", { title: "UNIVERSTAR BT21: Animated Special", first: 52114110, last: 52114149 }],
]);

/** Whether LINE lets an account send a sticker. */
export function isSendableSticker(packageId: string, stickerId: string): boolean {
  const stickers = STICKER_PACKAGES.get(packageId);
  if (stickers === undefined || !/^[1-9]\d*$/.test(stickerId)) return false;
  const id = Number(stickerId);
  return id >= stickers.first && id <= stickers.last;
}

/** The package id under which LINE reports stickers that a customer has combined into one. */
export const COMBINED_STICKERS = "30563";
