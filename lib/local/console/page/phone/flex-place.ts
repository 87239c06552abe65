import type { FlexPart } from "./flex-parts.ts";

/** CSS properties with their values. */
export type Style = Record<string, string>;

/** Keywords in pixels: spaces, paddings, offsets and radii of corners. */
const SPACES: Record<string, number> = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };

/** A keyword, pixels or a percentage as CSS has it; undefined for no value. */
export function space(value: string | undefined): string | undefined {
  const keyword = value === undefined ? undefined : SPACES[value];
  return keyword === undefined ? value : `${keyword}px`;
}

/** Only the properties that have a value. */
export function set(properties: Record<string, string | undefined>): Style {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** Where the part at this position of a box stands, and how much of the box it takes (LINE, Flex Message layout). */
export function placeStyle(part: FlexPart, box: FlexPart, index: number): Style {
  const isVertical = box.layout === "vertical";
  // A box's spacing is between its parts; a part's own margin counts before the first one, too.
  const before = space(part.margin ?? (index === 0 ? undefined : box.spacing));
  return set({
    [isVertical ? "marginTop" : "marginInlineStart"]: before,
    flex: flexOf(part, isVertical),
    position: part.position,
    top: space(part.offsetTop),
    bottom: space(part.offsetBottom),
    insetInlineStart: space(part.offsetStart),
    insetInlineEnd: space(part.offsetEnd),
  });
}

function flexOf(part: FlexPart, isVertical: boolean): string {
  const share = part.flex ?? defaultShare(part, isVertical);
  if (share === 0) return "0 0 auto";
  return isVertical ? `${share} 0 auto` : `${share} 0 0`;
}

function defaultShare({ type, width }: FlexPart, isVertical: boolean): number {
  if (type === "filler") return 1;
  return isVertical || type === "separator" || type === "icon" || width !== undefined ? 0 : 1;
}
