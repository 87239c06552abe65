import type { PlaceField } from "../../../shared/contract/line-templates/fill-template.ts";
import { oneLine } from "../../../shared/text/one-line.ts";
import { visibleText } from "../../../shared/text/visible-text.ts";
import type { Scope } from "./scope.ts";
import { linkUri } from "./urls.ts";

/**
 * A value as it stands in a field of a template. As a part of an address it is percent-encoded, or the digits of a
 * phone number; as a whole address it must be one that LINE accepts. Undefined if it cannot stand there, or shows nothing.
 */
export function valueInField(
  value: string,
  { kind, text, isWhole }: PlaceField,
  { mediaUrl }: Pick<Scope, "mediaUrl">,
): string | undefined {
  switch (kind) {
    case "text":
    case "data":
      return visibleText(manyLines(value)) || undefined;
    case "line":
      return oneLine(value) || undefined;
    case "link":
      return isWhole ? linkUri(oneLine(value)) : partOfAddress(value, text);
    case "media":
      return isWhole ? mediaUrl(oneLine(value)) : partOfAddress(value, text);
  }
}

/** As it is, but for what would count as something else than a line's end or a blank. */
function manyLines(value: string): string {
  return value
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ");
}

function partOfAddress(value: string, address: string): string | undefined {
  const part = oneLine(value);
  if (/^tel:/i.test(address)) {
    const dialled = part.replace(/[^\d+*#]/g, "").replaceAll("#", "%23");
    return /\d/.test(dialled) ? dialled : undefined;
  }
  // Dots alone would lead to another folder of the address.
  return part === "" || /^\.+$/.test(part) ? undefined : encodeURIComponent(part);
}
