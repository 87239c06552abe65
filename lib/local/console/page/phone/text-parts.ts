import type { LineMessage } from "./line-messages.ts";

/** A part of a text; with `url` where LINE makes it a link. */
export interface TextPart {
  text: string;
  url?: string;
}

/** Up to the punctuation that ends a sentence, in the scripts of all markets. */
const LINK = /https?:\/\/[^\s<>"「」『』（）。、，！？]+[^\s<>"「」『』（）。、，！？.,!?:;)\]}]/g;

/** The parts of a text, its web addresses apart. Joined they are the text. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: url, index } of text.matchAll(LINK)) {
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: url, url });
    end = index + url.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** What a person reads of a text or a text (v2): mentions by `@`, emojis by a sign. */
export function readText({ text = "", type, substitution = {} }: LineMessage): string {
  if (type !== "textV2") return text;
  return text.replaceAll(/\{\{|\}\}|\{(\w+)\}/g, (found, key: string | undefined) => {
    if (key === undefined) return found.slice(1);
    const stands = substitution[key];
    if (stands === undefined) return found;
    if (stands.type === "emoji") return "🙂";
    return stands.mentionee?.type === "all" ? "@All" : "@you";
  });
}
