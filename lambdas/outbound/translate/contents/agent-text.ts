import type { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import type { Scope } from "../line/scope.ts";
import { stickerMessage } from "../line/sticker-message.ts";
import { textMessages } from "../line/text-messages.ts";
import { splitTemplates } from "../text/template-marker.ts";
import { mapsLocation } from "./location.ts";

const textContent = z.object({ text: z.object({ body: z.string() }) });

/**
 * What an agent or bot has written: the templates that it names, and between them a sticker or a location where the
 * words stand for one, otherwise text.
 */
export function agentTextMessages(text: string, scope: Scope): messagingApi.Message[] {
  return splitTemplates(text).flatMap((piece) =>
    typeof piece === "string" ? wordsMessages(piece, scope) : scope.template(piece),
  );
}

function wordsMessages(words: string, scope: Scope): messagingApi.Message[] {
  const location = scope.mapsLinks === "location" ? mapsLocation(words, scope) : undefined;
  const message = stickerMessage(words) ?? location;
  return message === undefined ? textMessages(words) : [message];
}

/** The same for a text in the content; undefined if it cannot be read. */
export function textContentMessages(
  content: unknown,
  scope: Scope,
): messagingApi.Message[] | undefined {
  const parsed = textContent.safeParse(content);
  return parsed.success ? agentTextMessages(parsed.data.text.body, scope) : undefined;
}
