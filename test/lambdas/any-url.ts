import fc from "fast-check";
import { anyCharacter } from "./any-character.ts";

const part = fc.string({ unit: anyCharacter, maxLength: 20 }).map(encodeURIComponent);

/**
 * A web address with any characters in its path, query and fragment. fast-check's own `webUrl` first takes seconds to
 * list all characters.
 */
export const anyUrl = fc
  .tuple(fc.domain(), fc.array(part, { maxLength: 8 }), part, part)
  .map(([host, path, query, fragment]) => `https://${host}/${path.join("/")}?${query}#${fragment}`);

const oddPart = fc.string({
  unit: fc.oneof(
    fc.constantFrom(..."##%[]{}|^`\"<>\\'()*+,;=:@&!$~ -_.a1/?", "%2", "%zz", "%23", "ก", "\u007f"),
    anyCharacter,
  ),
  maxLength: 12,
});

/** What people put into a field for a link: any scheme that LINE knows, and anything behind it, unencoded. */
export const oddUrl = fc
  .tuple(
    fc.constantFrom(
      "https://shop.example/",
      "https://shop.example#",
      "http://[::1]:8080/",
      "https://u:p@shop.example?",
      "https://",
      "line://ti/p/",
      "line://",
      "line:",
      "tel:+66",
      "tel:",
      "TEL:*100#",
    ),
    fc.array(oddPart, { maxLength: 4 }),
  )
  .map(([start, parts]) => start + parts.join("#"));
