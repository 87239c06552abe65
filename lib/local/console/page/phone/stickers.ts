import type { LineMessage } from "./line-messages.ts";

/** A sticker as a customer sends it. */
export interface Sticker {
  type: string;
  packageId: string;
  stickerId: string;
  keywords?: readonly string[];
}

/** Packages of LINE's sticker list: title and first sticker. Their stickers have no names of their own. */
const PACKAGES: Record<string, { title: string; first: number }> = {
  "11537": { title: "Brown & Cony & Sally", first: 52002734 },
  "11538": { title: "CHOCO & Friends", first: 51626494 },
  "11539": { title: "UNIVERSTAR BT21", first: 52114110 },
};
const EACH = 4;

/** The stickers of the picker: the one with keywords first, which agents read with them. */
export function stickersToChoose(sample: Sticker): Sticker[] {
  const others = Object.entries(PACKAGES).flatMap(([packageId, { first }]) =>
    Array.from({ length: EACH }, (_, index) => ({
      type: "sticker",
      packageId,
      stickerId: String(first + index),
    })),
  );
  return [sample, ...others.filter(({ stickerId }) => stickerId !== sample.stickerId)];
}

/** What stands for a sticker where its picture cannot be shown. */
export function stickerName({
  packageId = "",
  stickerId = "",
  keywords = [],
}: LineMessage): string {
  if (keywords.length > 0) return keywords.join(", ");
  const known = PACKAGES[packageId];
  if (known === undefined) return `Sticker ${packageId}/${stickerId}`;
  return `${known.title} ${Number(stickerId) - known.first + 1}`;
}

/** Where LINE's shop has the picture. LINE does not document the address, but has kept it for years. */
export function stickerUrl(stickerId = ""): string {
  return `https://stickershop.line-scdn.net/stickershop/v1/sticker/${encodeURIComponent(stickerId)}/android/sticker.png`;
}
