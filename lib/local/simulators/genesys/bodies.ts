import * as z from "zod";

const id = z.string().min(1);
const strings = z.record(z.string(), z.string());
const idType = z.enum(["Email", "Phone", "Opaque"]);

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

/** `yyyy-MM-ddTHH:mm:ss[.mmm]Z` and a day that exists: JavaScript would accept 30 February. */
const time = z.string().refine((value) => {
  const date = new Date(TIME.test(value) ? value : Number.NaN);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value.slice(0, 19));
});

/** `image` is read-only in Genesys Cloud, so it is ignored like everything unknown. */
const from = z.object({
  id,
  idType,
  nickname: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  email: z.string().optional(),
});

const messageChannel = z.object({
  from,
  time,
  messageId: z.string().optional(),
  metadata: z.object({ customAttributes: strings.optional() }).optional(),
});

/** Genesys does not document how it checks these; here everything that no desktop could show is refused. */
const mediaType = z.enum(["Image", "Video", "Audio", "File", "Link"]);
const url = z.url({ protocol: /^https?$/ });
/** RFC 6838, without parameters. */
const mime = z.string().regex(/^[a-z\d][\w!#$&^.+-]{0,126}\/[a-z\d][\w!#$&^.+-]{0,126}$/i);
const attachmentExtras = {
  id: z.string().optional(),
  text: z.string().optional(),
  sha256: z.string().optional(),
  filename: z
    .string()
    .regex(/^[^/\\\p{Cc}]+$/u)
    .optional(),
};

const reasons = z
  .array(
    z.object({
      code: z
        .enum([
          "MessageExpired",
          "RateLimited",
          "MessageNotAllowed",
          "GeneralError",
          "UnsupportedMessage",
          "UnknownMessage",
          "InvalidMessageStructure",
          "InvalidDestination",
          "ServerError",
          "MediaTypeNotAllowed",
          "InvalidMediaContentLength",
          "RecipientOptedOut",
          "DataFiltered",
        ])
        .optional(),
      message: z.string(),
    }),
  )
  .optional();

/** The schema allows an empty message, but nobody means to send one, so it is refused here. */
const hasContent = (message: { text?: string | undefined; content?: unknown[] | undefined }) =>
  Boolean(message.text) || (message.content ?? []).length > 0;

/** OpenInboundNormalizedMessage. One attachment at most: Genesys allows one content item. */
export const inboundMessage = z
  .object({
    channel: messageChannel,
    text: z.string().optional(),
    content: z
      .array(
        z.object({
          attachment: z.object({ ...attachmentExtras, mediaType, url, mime }),
        }),
      )
      .max(1)
      .optional(),
    metadata: strings.optional(),
  })
  .refine(hasContent);

/** OpenInboundNormalizedEvent; typing is the only kind. */
export const inboundEvent = z.object({
  channel: z.object({ from, time }),
  events: z.array(z.object({ eventType: z.literal("Typing") })).min(1),
});

/** OpenInboundNormalizedReceipt; there is no `Read` on this endpoint. */
export const inboundReceipt = z.object({
  id,
  channel: z.object({ to: z.object({ id, email: z.string().optional() }), time }),
  status: z.enum(["Sent", "Delivered", "Failed", "Published", "Removed"]),
  reasons,
  isFinalReceipt: z.boolean().optional(),
});

/** OpenInboundStructuredResponseMessage. */
export const inboundStructuredResponse = z.object({
  channel: messageChannel,
  buttonResponse: z.object({
    type: z.enum(["Button", "QuickReply", "DatePicker"]),
    text: z.string(),
    payload: z.string(),
  }),
  originatingMessageId: id,
});

const legacyChannel = { to: z.object({ id, email: z.string().optional() }), from, time };

/** OpenNormalizedMessage, the body of the deprecated endpoint: a text or a receipt. */
export const legacyInbound = z.discriminatedUnion("type", [
  z
    .object({
      type: z.literal("Text"),
      channel: messageChannel.extend(legacyChannel),
      text: z.string().optional(),
      content: z
        .array(
          z.object({
            contentType: z.literal("Attachment"),
            attachment: z.object({
              ...attachmentExtras,
              mediaType,
              url: url.optional(),
              mime: mime.optional(),
            }),
          }),
        )
        .max(1)
        .optional(),
      metadata: strings.optional(),
    })
    .refine(hasContent),
  z.object({
    type: z.literal("Receipt"),
    id,
    channel: z.object(legacyChannel),
    status: z.enum(["Sent", "Delivered", "Read", "Failed", "Published", "Removed"]),
    reasons,
    isFinalReceipt: z.boolean().optional(),
  }),
]);
