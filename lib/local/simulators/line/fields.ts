import * as z from "zod";

const graphemeSegmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * A required text of at most `maximum` UTF-16 units, LINE's usual count (guide "Text character
 * count"). zod's own `max` counts code points: an emoji would be 1 instead of 2.
 */
export function units(maximum: number) {
  return z
    .string()
    .min(1)
    .refine((text) => text.length <= maximum, {
      error: `Length must be between 0 and ${maximum}`,
    });
}

/**
 * A required text of at most `maximum` characters as a person counts them. LINE counts labels,
 * titles and texts of templates like this.
 */
export function graphemes(maximum: number) {
  return z
    .string()
    .min(1)
    .refine((text) => [...graphemeSegmenter.segment(text)].length <= maximum, {
      error: `must not be longer than ${maximum} characters`,
    });
}

/** A URL of an image, audio or video: https, percent-encoded, at most 2,000 characters. */
export type MediaUrl = z.ZodType<string>;

/** @param exempt local origins that take the place of public https ones in a local run */
export function mediaUrl(exempt: ReadonlySet<string>): MediaUrl {
  return units(2000).refine(
    (url) =>
      isPercentEncoded(url) && (url.startsWith("https://") || exempt.has(new URL(url).origin)),
    { error: "Must be a valid HTTPS URL" },
  );
}

/** A link to open: `http`, `https`, `line` or `tel`, percent-encoded, at most 1,000 characters. */
export const linkUri = units(1000).refine(
  (uri) => /^(https?|line|tel):/i.test(uri) && isPercentEncoded(uri),
  {
    error: "invalid uri",
  },
);

/** `#RRGGBB` or `#RRGGBBAA`. */
export const color = z.string().regex(/^#[0-9a-f]{6}([0-9a-f]{2})?$/i);

function isPercentEncoded(url: string): boolean {
  return /^[\x21-\x7e]+$/.test(url) && URL.canParse(url);
}
