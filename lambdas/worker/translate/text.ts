import * as z from "zod";
import { wellFormed } from "../../shared/text/well-formed.ts";
import type { Content } from "./translation.ts";
import { unknownNote } from "./unknown.ts";

const span = z.object({ index: z.int().min(0), length: z.int().min(1) });

const textMessage = z.looseObject({
  text: z.string(),
  // They only explain the text, so another shape counts as none.
  emojis: z.array(z.unknown()).nullish().catch(undefined),
});

/** Brackets, blanks, LINE's `$`, marks without a letter, stand-ins for other characters, and what nobody sees. */
const SAYS_NOTHING = /^[\p{Ps}\p{Pe}\p{Z}\p{C}\p{M}\p{DI}\u{2800}\u{fffc}\u{fffd}$]*$/u;
const EMOJI = "[LINE EMOJI]";

/**
 * Mentions (`@name`) and most LINE emoji (`(love)`) are readable placeholders in the text already. An emoji
 * can also arrive as bare brackets, which only `emojis` tells from brackets that were typed; positions
 * count UTF-16 units. https://developers.line.biz/en/reference/messaging-api/#wh-text
 */
export function translateText(message: unknown): Content {
  const { text, emojis } = textMessage.parse(message);
  const said = wellFormed(withEmoji(text, emojis ?? []));
  return { text: said || unknownNote("text", "message") };
}

function withEmoji(text: string, emojis: readonly unknown[]): string {
  const spans = emojis
    .flatMap((emoji) => span.safeParse(emoji).data ?? [])
    .toSorted((one, other) => one.index - other.index);
  let readable = "";
  let end = 0;
  for (const { index, length } of spans) {
    const placeholder = text.slice(index, index + length);
    const isInText = index >= end && index + length <= text.length;
    // A span that cuts a surrogate pair in two is none.
    const isWhole = isInText && placeholder.isWellFormed();
    if (!isWhole || !SAYS_NOTHING.test(placeholder)) continue;
    readable += text.slice(end, index) + EMOJI;
    end = index + length;
  }
  return readable + text.slice(end);
}
