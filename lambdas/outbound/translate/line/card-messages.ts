import type { messagingApi } from "@line/bot-sdk";
import { isShown, type LineCard } from "./line-card.ts";
import { flexMessages } from "./line-flex.ts";
import { templateMessages } from "./line-template.ts";
import { textMessages } from "./text.ts";

/** LINE messages for one card or a row of cards; LINE's own templates where they hold everything, else Flex Messages. */
export function cardMessages(cards: readonly LineCard[]): messagingApi.Message[] {
  const shown = cards.filter(isShown);
  return [
    ...(templateMessages(shown) ?? flexMessages(shown)),
    ...textMessages(cards.flatMap(({ lines }) => lines).join("\n")),
  ];
}
