/**
 * What a field of a message holds, which decides how a value stands in it: a text of several lines or of one, data
 * that comes back to the account, or the address of something to open or to show.
 */
export type FieldKind = "text" | "line" | "data" | "link" | "media";

const KINDS: ReadonlyMap<string, FieldKind> = new Map<string, FieldKind>([
  ["text", "text"],
  ["displayText", "text"],
  ["fillInText", "text"],
  ["clipboardText", "text"],
  ["altText", "line"],
  ["label", "line"],
  ["title", "line"],
  ["address", "line"],
  ["data", "data"],
  ["uri", "link"],
  ["linkUri", "link"],
  ["desktop", "link"],
  ["url", "media"],
  ["previewUrl", "media"],
  ["originalContentUrl", "media"],
  ["previewImageUrl", "media"],
  ["imageUrl", "media"],
  ["thumbnailImageUrl", "media"],
  ["iconUrl", "media"],
]);

/** The fields in which a place may stand. */
export const PLACE_FIELDS: readonly string[] = [...KINDS.keys()];

/**
 * What the field holds; undefined for one in which no place may stand.
 * https://developers.line.biz/en/reference/messaging-api/#message-objects
 */
export function fieldKind(path: readonly PropertyKey[]): FieldKind | undefined {
  const key = path.at(-1);
  return typeof key === "string" ? KINDS.get(key) : undefined;
}
