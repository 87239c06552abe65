/** UTF-16 units. https://developers.line.biz/en/reference/messaging-api/#uri-action */
const MAX_LINK = 1_000;
/** UTF-16 units. https://developers.line.biz/en/reference/messaging-api/#image-message */
const MAX_MEDIA = 2_000;

const LINK_SCHEMES = new Set(["http:", "https:", "line:", "tel:"]);

/**
 * A link for a button as LINE accepts it. Undefined if it has another scheme, is too long or is no URL.
 * https://developers.line.biz/en/reference/messaging-api/#uri-action
 */
export function linkUri(link: string): string | undefined {
  // People write phone numbers with blanks.
  const url = parse(/^tel:/i.test(link) ? link.replace(/\s/g, "") : link);
  if (url === undefined || !LINK_SCHEMES.has(url.protocol)) return undefined;
  return within(MAX_LINK, encoded(url));
}

/** A link that dials a number, or undefined if the number has no digits. */
export function phoneUri(number: string): string | undefined {
  const dialled = number.replace(/[^\d+*#]/g, "").replaceAll("#", "%23");
  return /\d/.test(dialled) ? linkUri(`tel:${dialled}`) : undefined;
}

/**
 * The URL of an image, video or audio as LINE accepts it. Undefined if it is too long or not https (unless its origin
 * is trusted). https://developers.line.biz/en/reference/messaging-api/#image-message
 */
export function mediaUrl(link: string, trustedOrigins: ReadonlySet<string>): string | undefined {
  const url = parse(link);
  if (url === undefined) return undefined;
  if (url.protocol !== "https:" && !trustedOrigins.has(url.origin)) return undefined;
  return within(MAX_MEDIA, encoded(url));
}

/** A link for a text, where LINE makes it tappable. Undefined if it is not http or https. */
export function webLink(link: string): string | undefined {
  const url = parse(link);
  return url !== undefined && /^https?:$/.test(url.protocol) ? encoded(url) : undefined;
}

function parse(link: string): URL | undefined {
  return URL.canParse(link) ? new URL(link) : undefined;
}

/**
 * `URL` keeps characters that RFC 3986 does not allow where they stand, and that LINE refuses: a second `#`,
 * brackets, and nearly all in the path of a link such as `tel:`.
 * https://developers.line.biz/en/reference/messaging-api/#url-encoding
 */
function encoded({ href, protocol }: URL): string {
  const [, authority = "", beforeFragment = "", fragment = ""] =
    PARTS.exec(href.slice(protocol.length)) ?? [];
  // A phone number has no fragment: `#` is one of its keys.
  const hash = protocol === "tel:" ? "%23" : "#";
  return [
    protocol,
    IP_LITERAL.test(authority) ? authority : strict(authority),
    strict(beforeFragment),
    fragment && hash + strict(fragment.slice(1)),
  ].join("");
}

/** `//` and the authority, the path with the query, and from the first `#` on the fragment. */
const PARTS = /^(\/\/[^/?#]*)?([^#]*)(#.*)?$/s;
/** The one place for brackets. */
const IP_LITERAL = /^\/\/(?:[^[\]]*@)?\[[\da-f:.]+\](?::\d*)?$/i;

function strict(part: string): string {
  return part.replace(/%(?![\da-f]{2})|[^\w\-.~!$&'()*+,;=:@/?%]/gi, percent);
}

/** `href` is ASCII. */
function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** A scheme alone is no link. */
const WITH_TARGET = /^[a-z]+:(?:\/\/|\/)?[^/?#]/;

function within(max: number, uri: string): string | undefined {
  return WITH_TARGET.test(uri) && uri.length <= max ? uri : undefined;
}
