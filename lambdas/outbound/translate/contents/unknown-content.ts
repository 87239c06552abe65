import type { messagingApi } from "@line/bot-sdk";
import { manyLines } from "../../../shared/text/many-lines.ts";
import { oneLine } from "../../../shared/text/one-line.ts";
import { shorten, shortenUnits } from "../../../shared/text/shorten.ts";
import { READABLE_FIELDS } from "../genesys/readable-fields.ts";
import type { Scope } from "../line/scope.ts";
import { textMessages } from "../line/text-messages.ts";
import { webLink } from "../line/urls.ts";

/** Limits for hostile content. */
const MAX_DEPTH = 8;
const MAX_LINES = 100;
const MAX_LINE = 1_000;
const MAX_TEXT = 5_000;
const MAX_NAME = 40;

/** What is shown only after the customer has answered, and files, whose URLs belong to Genesys. */
const HIDDEN = new Set(["replyMessage", "response", "attachment", "media"]);

/** The readable text of content that LINE cannot show, or a note with the name of its type. Never its JSON. */
export function unknownContentMessages(
  content: unknown,
  contentType: string,
  scope: Scope,
): messagingApi.TextMessage[] {
  const messages = readableMessages(content);
  return messages.length > 0 ? messages : notShown(contentType, scope);
}

/** The readable text of any content; none if it has none. */
export function readableMessages(content: unknown): messagingApi.TextMessage[] {
  const lines = new Set<string>();
  collect(content, 0, lines);
  return textMessages(shortenUnits([...lines].join("\n"), MAX_TEXT));
}

/** A note with the type of content that is not shown. */
export function notShown(contentType: string, { words }: Scope): messagingApi.TextMessage[] {
  const name = shorten(oneLine(contentType), MAX_NAME) || words.content;
  return textMessages(words.notShown(name));
}

function collect(value: unknown, depth: number, lines: Set<string>): void {
  if (depth > MAX_DEPTH || typeof value !== "object" || value === null) return;
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const key of READABLE_FIELDS) {
    const text = fields.get(key);
    add(lines, typeof text === "string" ? shortenUnits(manyLines(text), MAX_LINE) : "");
  }
  const url = fields.get("url");
  add(lines, typeof url === "string" ? (webLink(url) ?? "") : "");
  for (const [key, inner] of fields) {
    if (lines.size >= MAX_LINES) return;
    if (!HIDDEN.has(key)) collect(inner, depth + 1, lines);
  }
}

function add(lines: Set<string>, line: string): void {
  if (line !== "") lines.add(line);
}
