import * as z from "zod";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import { type GenesysAttachment, genesysAttachment } from "./line-attachment.ts";

/** One more than the LINE messages of a Genesys message, so that the rest is seen to be missing. */
const MAX_ATTACHMENTS = 26;

/** A link is no file: nothing of it is hosted. */
const file = genesysAttachment.refine(({ mediaType }) => mediaType !== "Link");

const withAttachment = z.union([
  z
    .object({ contentType: z.literal("Attachment"), attachment: file })
    .transform(({ attachment }) => attachment),
  z
    .object({
      contentType: z.literal("Notification"),
      template: z.object({ header: z.object({ media: file }) }),
    })
    .transform(({ template }) => template.header.media),
]);

/**
 * The files of a message that are to be hosted for LINE's phones, by their index in `content`:
 * attachments, and the pictures and films at the head of notifications.
 */
export function attachmentsOf(
  message: OutboundMessage,
): { index: number; attachment: GenesysAttachment }[] {
  return (message.content ?? [])
    .flatMap((content, index) => {
      const parsed = withAttachment.safeParse(content);
      return parsed.success ? [{ index, attachment: parsed.data }] : [];
    })
    .slice(0, MAX_ATTACHMENTS);
}
