/**
 * Titles of the sticker packages that LINE names (the ones a bot may send), by package id, and the
 * id under which the Sticker Arranging feature reports combined stickers. There is no official list
 * of the other packages. https://developers.line.biz/en/docs/messaging-api/sticker-list
 */
export const STICKER_PACKAGES: ReadonlyMap<string, string> = new Map([
  ["446", "Moon: Special Edition"],
  ["789", "Sally: Special Edition"],
  ["1070", "Moon: Special Edition"],
  ["6136", "LINE Characters: Making Amends"],
  ["6325", "Brown and Cony Fun Size Pack"],
  ["6359", "Brown and Cony Fun Size Pack"],
  ["6362", "Brown and Cony Fun Size Pack"],
  ["6370", "Brown and Cony Fun Size Pack"],
  ["6632", "LINE Characters: Making Amends"],
  ["8515", "LINE Characters: Pretty Phrases"],
  ["8522", "LINE Characters: Pretty Phrases"],
  ["8525", "LINE Characters: Pretty Phrases"],
  ["11537", "Brown & Cony & Sally: Animated Special"],
  ["11538", "CHOCO & Friends: Animated Special"],
  ["11539", "UNIVERSTAR BT21: Animated Special"],
  ["30563", "Combined stickers"],
]);
