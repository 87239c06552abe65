import type { messagingApi } from "@line/bot-sdk";
import { flexMessages } from "./flex-messages.ts";
import { isShown, type LineCard } from "./line-card.ts";
import { templateMessages } from "./template-messages.ts";
import { textMessages } from "./text-messages.ts";

/**
 * LINE messages for one card or a row of cards: LINE's own templates if they can hold everything, otherwise Flex
 * Messages.
 */
export function cardMessages(cards: readonly LineCard[]): messagingApi.Message[] {
  const shown = cards.filter(isShown);
  return [
    ...(templateMessages(shown) ?? flexMessages(shown)),
    ...textMessages(cards.flatMap(({ lines }) => lines).join("\n")),
  ];
}
