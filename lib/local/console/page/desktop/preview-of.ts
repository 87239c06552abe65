import type { DeskMessage } from "../wire.ts";
import { summaryOf } from "./structured.ts";

/** A message in one line, for the inbox. */
export function previewOf({ text, structured = [], attachments }: DeskMessage): string {
  const files = attachments.map(({ mediaType, filename }) => `[${mediaType}] ${filename ?? ""}`);
  return [text, ...structured.map(summaryOf), ...files]
    .filter(Boolean)
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}
