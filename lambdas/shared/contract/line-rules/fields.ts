import * as z from "zod";

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
 * A required text of at most `maximum` code points: labels, titles and texts of templates. LINE's guide
 * speaks of what a person counts as characters, but the live platform has been seen to count code points,
 * which are never fewer.
 */
export function codePoints(maximum: number) {
  return z
    .string()
    .min(1)
    .refine((text) => [...text].length <= maximum, {
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

/** Not documented, but seen on the live platform: a link to an Android package is refused. */
const ANDROID_PACKAGE = /\.apk(?:[?#]|$)/i;

/** A link to open: `http`, `https`, `line` or `tel`, percent-encoded, at most 1,000 characters. */
export const linkUri = units(1000).refine(
  (uri) => /^(https?|line|tel):/i.test(uri) && isPercentEncoded(uri) && !ANDROID_PACKAGE.test(uri),
  {
    error: "invalid uri",
  },
);

/** `#RRGGBB` or `#RRGGBBAA`. */
export const color = z.string().regex(/^#[0-9a-f]{6}([0-9a-f]{2})?$/i);

/** RFC 3986, from the scheme to the fragment: a second `#`, bare brackets or half an escape are no URI. */
const URI = (() => {
  const escaped = "%[0-9a-f]{2}";
  const plain = "[\\w\\-.~!$&'()*+,;=";
  const host = `(?:\\[[0-9a-f:.]+\\]|(?:${plain}]|${escaped})+)`;
  const authority = `(?:(?:${plain}:]|${escaped})*@)?${host}(?::\\d*)?`;
  const path = `(?:${plain}:@/]|${escaped})`;
  const rest = `(?:${plain}:@/?]|${escaped})*`;
  return new RegExp(
    `^[a-z][a-z0-9+.-]*:(?://${authority}(?:/${path}*)?|(?!//)${path}+)(?:\\?${rest})?(?:#${rest})?$`,
    "i",
  );
})();

function isPercentEncoded(url: string): boolean {
  return URI.test(url) && URL.canParse(url);
}
