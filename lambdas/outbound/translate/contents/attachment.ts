import type { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import { oneLine } from "../../../shared/text/one-line.ts";
import { genesysAttachment } from "../genesys/genesys-attachment.ts";
import { flexMessages } from "../line/flex-messages.ts";
import type { LineAttachment } from "../line/line-attachment.ts";
import type { Scope } from "../line/scope.ts";
import { linkTap } from "../line/taps.ts";
import { textMessages } from "../line/text-messages.ts";
import { webLink } from "../line/urls.ts";
import { notShown } from "./unknown-content.ts";

const attachmentContent = z.object({ attachment: genesysAttachment });

/** The caption and the attachment. Nothing if the attachment is not hosted. */
export function attachmentMessages(
  content: unknown,
  scope: Scope,
  hosted: LineAttachment | undefined,
): messagingApi.Message[] {
  const parsed = attachmentContent.safeParse(content);
  if (!parsed.success) return [];
  const { mediaType, text, url } = parsed.data.attachment;
  const caption = textMessages(text ?? "");
  if (mediaType === "Link") {
    const link = webLink(url);
    return [...caption, ...(link === undefined ? notShown("Link", scope) : textMessages(link))];
  }
  return hosted === undefined ? [] : [...caption, ...mediaMessages(hosted, scope)];
}

/** A hosted file as LINE shows it. A bot cannot send files in LINE, so a document is a card with a link. */
export function mediaMessages(hosted: LineAttachment, scope: Scope): messagingApi.Message[] {
  const message = hosted.kind === "file" ? undefined : playable(hosted, scope);
  if (message !== undefined) return [message];
  const open = linkTap(scope.words.open, hosted.url, scope);
  if (open === undefined) return textMessages(webLink(hosted.url) ?? "");
  const name = hosted.kind === "file" ? oneLine(hosted.fileName) : "";
  const size = hosted.kind === "file" ? fileSize(hosted.bytes) : "";
  return flexMessages([
    { title: name || scope.words.file, text: size, buttons: [open], lines: [] },
  ]);
}

function playable(
  hosted: Exclude<LineAttachment, { kind: "file" }>,
  { mediaUrl }: Scope,
): messagingApi.Message | undefined {
  const originalContentUrl = mediaUrl(hosted.url);
  if (originalContentUrl === undefined) return undefined;
  if (hosted.kind === "audio") {
    return { type: "audio", originalContentUrl, duration: hosted.durationMs };
  }
  const previewImageUrl = mediaUrl(hosted.previewUrl);
  if (previewImageUrl === undefined) return undefined;
  return { type: hosted.kind, originalContentUrl, previewImageUrl };
}

/** For example `1.2 MB`, in powers of 1,000, as phones count. */
function fileSize(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const figure = (bytes / 1000 ** power).toLocaleString("en", { maximumFractionDigits: 1 });
  return `${figure} ${units[power]}`;
}
