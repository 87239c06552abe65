import type { messagingApi } from "@line/bot-sdk";
import type { BrandSettings } from "../../../shared/contract/brand-settings.ts";
import type { OutboundMessage } from "../../../shared/genesys/outbound-message.ts";

/**
 * LINE messages with the name and icon that the brand has for people or bots, whichever has sent them. They stay as
 * they are where Genesys Cloud does not say who has, or the brand has neither.
 * https://developers.line.biz/en/reference/messaging-api/#icon-nickname-switch
 */
export function withSender(
  messages: readonly messagingApi.Message[],
  { originatingEntity }: Pick<OutboundMessage, "originatingEntity">,
  { sender: { human, bot } }: Pick<BrandSettings, "sender">,
): messagingApi.Message[] {
  const sender =
    originatingEntity === "Bot" ? bot : originatingEntity === "Human" ? human : undefined;
  return messages.map((message) => (sender === undefined ? message : { ...message, sender }));
}
