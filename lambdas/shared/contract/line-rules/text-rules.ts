import * as z from "zod";
import { units } from "./fields.ts";

/** What is faulty in a text message, and where: `emojis/0/index`. */
export interface TextFault {
  message: string;
  property: string;
}

const KEY = /^[a-zA-Z0-9_]{1,20}$/;
const MAXIMUM_EMOJIS = 20;
const MAXIMUM_MENTIONS = 20;

const text = () => units(5000);
const quoteToken = () => z.string().min(1).optional();

/** LINE Messaging API reference, Text message. Each emoji stands for the `$` at its index. */
export const textMessage = () => ({
  text: text(),
  quoteToken: quoteToken(),
  emojis: z
    .array(
      z.object({
        index: z.int().min(0),
        productId: z.string().min(1),
        emojiId: z.string().min(1),
      }),
    )
    .max(MAXIMUM_EMOJIS)
    .optional(),
});

/** Emojis whose index does not point at a `$` of their own. Indexes count UTF-16 units, as JavaScript does. */
export function misplacedEmojis(message: {
  text: string;
  emojis?: { index: number }[] | undefined;
}): TextFault[] {
  const seen = new Set<number>();
  return (message.emojis ?? []).flatMap(({ index }, position) => {
    const misplaced = message.text[index] !== "$" || seen.has(index);
    seen.add(index);
    return misplaced ? [{ message: "invalid index", property: `emojis/${position}/index` }] : [];
  });
}

/** LINE Messaging API reference, Text message (v2). */
export const textV2Message = () => ({
  text: text(),
  quoteToken: quoteToken(),
  substitution: z
    .record(
      z.string().regex(KEY),
      z.discriminatedUnion("type", [
        z.object({
          type: z.literal("mention"),
          mentionee: z.discriminatedUnion("type", [
            z.object({ type: z.literal("user"), userId: z.string().min(1) }),
            z.object({ type: z.literal("all") }),
          ]),
        }),
        z.object({
          type: z.literal("emoji"),
          productId: z.string().min(1),
          emojiId: z.string().min(1),
        }),
      ]),
    )
    .refine((entries) => Object.keys(entries).length <= 100, {
      error: "Size must be between 0 and 100",
    })
    .optional(),
});

/**
 * Braces of a text (v2) without a meaning: a literal brace is doubled, `{key}` needs an entry. A mention is
 * possible only in groups and rooms.
 */
export function faultySubstitutions(
  message: { text: string; substitution?: Record<string, { type: string }> | undefined },
  to: string | undefined,
): TextFault[] {
  const entries = message.substitution ?? {};
  const details: TextFault[] = [];
  const bare = message.text.replaceAll(/\{\{|\}\}/g, "");
  const keys = [...bare.matchAll(/\{([^{}]*)\}/g)].map(([, key]) => key ?? "");
  for (const key of keys) {
    if (!KEY.test(key)) {
      const message = `The key '${key}' enclosed in '{}' does not match the pattern '${KEY.source}'.`;
      details.push({ message, property: "text" });
    } else if (!Object.hasOwn(entries, key)) {
      details.push({ message: `The key '${key}' has no substitution`, property: "text" });
    }
  }
  if (/[{}]/.test(bare.replaceAll(/\{[^{}]*\}/g, ""))) {
    details.push({ message: "A brace is not closed or not opened", property: "text" });
  }
  const count = (type: string) => keys.filter((key) => entries[key]?.type === type).length;
  if (count("emoji") > MAXIMUM_EMOJIS || count("mention") > MAXIMUM_MENTIONS) {
    details.push({ message: "too many substitutions", property: "substitution" });
  }
  if (to?.startsWith("U") && count("mention") > 0) {
    details.push({ message: "a mention needs a group or a room", property: "substitution" });
  }
  return details;
}
