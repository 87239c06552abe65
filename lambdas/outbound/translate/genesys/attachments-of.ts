import * as z from "zod";
import type { OutboundMessage } from "../../../shared/genesys/outbound-message.ts";
import { type GenesysAttachment, genesysAttachment } from "./genesys-attachment.ts";

/** One more than the most LINE messages of a Genesys message, so that the customer reads that the rest was left out. */
const MAX_ATTACHMENTS = 26;

const attachmentContent = z.object({
  contentType: z.literal("Attachment"),
  attachment: genesysAttachment.optional().catch(undefined),
});

const notificationContent = z
  .object({
    contentType: z.literal("Notification"),
    template: z.object({ header: z.object({ media: genesysAttachment }) }),
  })
  .transform(({ template }) => ({ attachment: template.header.media }));

const withAttachment = z.union([attachmentContent, notificationContent]);

/**
 * The files of a message that must be hosted for LINE's phones, by their index in `content`: the
 * attachments, and the images and videos in the headers of notifications. `attachment` is undefined
 * for one that cannot be read.
 */
export function attachmentsOf(
  message: OutboundMessage,
): { index: number; attachment: GenesysAttachment | undefined }[] {
  return (message.content ?? [])
    .flatMap((content, index) => {
      const { data } = withAttachment.safeParse(content);
      // A link is not a file, so nothing is hosted for it.
      const isFile = data !== undefined && data.attachment?.mediaType !== "Link";
      return isFile ? [{ index, attachment: data.attachment }] : [];
    })
    .slice(0, MAX_ATTACHMENTS);
}
