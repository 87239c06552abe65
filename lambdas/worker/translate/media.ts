import * as z from "zod";
import type { InboundAttachment } from "../../shared/genesys/inbound-message.ts";
import type { Content, LineMedia, MediaOutcome } from "./translation.ts";

/**
 * Files have a name and no provider, the others the reverse.
 * https://developers.line.biz/en/reference/messaging-api/#wh-image
 */
const mediaMessage = z.looseObject({
  type: z.enum(["image", "video", "audio", "file"]),
  id: z.string(),
  contentProvider: z
    .looseObject({ type: z.string(), originalContentUrl: z.string().nullish() })
    .nullish(),
  // It is only a caption, so another shape counts as none.
  imageSet: z
    .looseObject({ index: z.int().nullish(), total: z.int().nullish() })
    .nullish()
    .catch(undefined),
  fileName: z.string().nullish(),
});

type MediaMessage = z.infer<typeof mediaMessage>;

/** The media is still to be fetched; the text is empty. */
export function translateMedia(message: unknown): Content {
  const { type, id, contentProvider, imageSet, fileName } = mediaMessage.parse(message);
  const externalUrl =
    contentProvider?.type === "external" ? contentProvider.originalContentUrl : undefined;
  return {
    text: "",
    media: {
      kind: type,
      messageId: id,
      source: externalUrl ? { from: "external", url: externalUrl } : { from: "line" },
      ...(fileName && { fileName }),
      ...(imageSet && { caption: placeInSet(imageSet) }),
    },
  };
}

/** Images that are sent together arrive as single events in any order. Old phones do not say the place. */
function placeInSet({ index, total }: NonNullable<MediaMessage["imageSet"]>): string {
  if (!index) return "[LINE IMAGE of a set]";
  return `[LINE IMAGE ${total ? `${index}/${total}` : index}]`;
}

const REASONS = {
  erased: "the customer's data was erased",
  unsent: "the customer unsent it before it could be loaded",
  gone: "no longer available from LINE",
  "not-playable": "LINE could not prepare it for playback",
  "too-slow": "took too long to load",
  empty: "is empty",
} as const satisfies Record<Extract<MediaOutcome, { outcome: "missing" }>["because"], string>;

/**
 * What agents get for media: an attachment if it is hosted and of at most `attachmentBytes`,
 * otherwise a text with a link or with the reason why there is none.
 */
export function describeMedia(
  media: LineMedia,
  outcome: MediaOutcome,
  attachmentBytes: number,
): { text: string; attachment?: InboundAttachment } {
  const title = mediaTitle(media);
  switch (outcome.outcome) {
    case "hosted":
      return outcome.bytes <= attachmentBytes
        ? { text: "", attachment: attachment(media, outcome) }
        : { text: tooLarge(title, media, outcome) };
    case "linked":
      return { text: `${title}\n${outcome.url}` };
    case "missing":
      return { text: withWords(title, REASONS[outcome.because]) };
  }
}

/** For example `[LINE VIDEO]`, or `[LINE IMAGE 2/3]` in a set of images. */
export function mediaTitle({ kind, caption }: LineMedia): string {
  return caption ?? `[LINE ${kind.toUpperCase()}]`;
}

/** What agents get for media that was sent at `time` and cannot be had yet. */
export function describeLateMedia(media: LineMedia, time: string): string {
  const title = mediaTitle(media);
  const said = withWords(title, `sent ${time}, is still loading and follows later`);
  return [said, ...(media.fileName === undefined ? [] : [media.fileName])].join("\n");
}

/** What agents get for hosted media that Genesys did not accept as an attachment. */
export function describeRefusedMedia(media: LineMedia, outcome: MediaOutcome): { text: string } {
  const title = mediaTitle(media);
  return outcome.outcome === "hosted"
    ? {
        text: linked(
          withWords(title, "Genesys Cloud did not accept it as an attachment"),
          media,
          outcome,
        ),
      }
    : describeMedia(media, outcome, 0);
}

type Hosted = Extract<MediaOutcome, { outcome: "hosted" }>;

function attachment(media: LineMedia, { url, mime, fileName }: Hosted): InboundAttachment {
  return {
    mediaType: mediaType(mime),
    url,
    mime,
    filename: fileName,
    ...(media.caption !== undefined && { text: media.caption }),
  };
}

/** The type of the bytes decides, not the type of the message. */
function mediaType(mime: string): InboundAttachment["mediaType"] {
  if (mime.startsWith("image/")) return "Image";
  if (mime.startsWith("video/")) return "Video";
  if (mime.startsWith("audio/")) return "Audio";
  return "File";
}

function tooLarge(title: string, media: LineMedia, hosted: Hosted): string {
  const words = `${(hosted.bytes / 1e6).toFixed(1)} MB, too large to attach`;
  return linked(withWords(title, words), media, hosted);
}

function linked(title: string, media: LineMedia, { url, fileName }: Hosted): string {
  // Only the name of a file means something to the customer.
  return [title, ...(media.fileName === undefined ? [] : [fileName]), url].join("\n");
}

function withWords(title: string, words: string): string {
  return title.replace(/\]$/, `: ${words}]`);
}
