import type { OutboundMessage } from "../../../shared/genesys/outbound-message.ts";

/** Limits for hostile content. The LINE messages of one Genesys message do not show more images than this. */
const MAX_DEPTH = 6;
const MAX_PICTURES = 26;

/** The names of the images of cards, quick replies and pickers in Genesys' content models. */
const PICTURE_FIELDS = new Set(["image", "imageUrl"]);

/**
 * The URLs of the images of cards and buttons that Genesys Cloud itself hosts (at `origins`), each
 * once. These URLs stop working soon, but LINE's phones load an image only when the chat is opened.
 * So the images must be hosted like attachments. Images on other servers stay there.
 */
export function imagesOf(message: OutboundMessage, origins: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  collect(message.content, 0, origins, found);
  return [...found];
}

function collect(
  value: unknown,
  depth: number,
  origins: ReadonlySet<string>,
  found: Set<string>,
): void {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return;
  for (const [key, inner] of Object.entries(value)) {
    if (found.size >= MAX_PICTURES) return;
    if (typeof inner !== "string") collect(inner, depth + 1, origins, found);
    else if (PICTURE_FIELDS.has(key) && origins.has(URL.parse(inner)?.origin ?? "")) {
      found.add(inner);
    }
  }
}
