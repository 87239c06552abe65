import type { OutboundMessage } from "../../../shared/genesys/outbound-message.ts";

/** Bounds for hostile content; more pictures than these LINE does not show in one message. */
const MAX_DEPTH = 6;
const MAX_PICTURES = 26;

/** How Genesys' content models call the pictures of cards, quick replies and pickers. */
const PICTURE_FIELDS = new Set(["image", "imageUrl"]);

/**
 * URLs of the pictures beside text and buttons that Genesys Cloud itself holds (`origins`), each
 * once. They stop working soon, while LINE's phones fetch them when the chat is opened; so they are
 * to be hosted like attachments. Pictures that are elsewhere stay there.
 */
export function picturesOf(message: OutboundMessage, origins: ReadonlySet<string>): string[] {
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
