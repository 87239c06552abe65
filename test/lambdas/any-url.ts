import fc from "fast-check";
import { anyCharacter } from "./any-character.ts";

const part = fc.string({ unit: anyCharacter, maxLength: 20 }).map(encodeURIComponent);

/** A web address with any characters in its path, query and fragment. fast-check's own `webUrl` first takes seconds to list all characters. */
export const anyUrl = fc
  .tuple(fc.domain(), fc.array(part, { maxLength: 8 }), part, part)
  .map(([host, path, query, fragment]) => `https://${host}/${path.join("/")}?${query}#${fragment}`);
