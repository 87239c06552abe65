import * as z from "zod";
import type { GenesysRoute } from "./api.ts";
import type { GenesysDesktop } from "./desktop.ts";
import type { IntegrationStore } from "./integration-store.ts";
import { CREATE_PERMISSION } from "./oauth-client.ts";
import { GenesysRefusal, notFound, parseGenesysBody } from "./refusal.ts";

/** Only what Open Messaging knows of it: SMS and WhatsApp have more. */
const agentlessBody = z.object({
  fromAddress: z.string(),
  toAddressMessengerType: z.enum(["open"]),
  toAddress: z.string().min(1),
  textBody: z.string().min(1).max(2_000),
  useExistingActiveConversation: z.boolean().nullish(),
});

/**
 * POST /api/v2/conversations/messages/agentless: a program writes to a customer, with nobody at a desk. Genesys Cloud
 * refuses it beside an open conversation that is not to be used; with which status it does not document.
 * `send` sends the webhook.
 */
export function agentlessRoute(options: {
  integrations: IntegrationStore;
  desktop: GenesysDesktop;
  newId: () => string;
  now: () => number;
  send(brandKey: string, toId: string, message: { id: string; text: string }): void;
}): GenesysRoute {
  const { integrations, desktop, newId, now, send } = options;
  return {
    method: "POST",
    path: /^\/api\/v2\/conversations\/messages\/agentless$/,
    permission: CREATE_PERMISSION,
    answer({ body }) {
      const parsed = parseGenesysBody(agentlessBody, body);
      const { fromAddress, toAddress, toAddressMessengerType, textBody: text } = parsed;
      const held = integrations.find(fromAddress);
      if (held === undefined || integrations.statusOf(held) !== "Completed") throw notFound();
      const { brandKey } = held.integration;
      const isOpen = desktop.openConversation(brandKey, toAddress) !== undefined;
      if (isOpen && parsed.useExistingActiveConversation !== true) {
        throw new GenesysRefusal(
          400,
          "bad.request",
          "An active conversation is already in progress",
        );
      }
      const conversationId = desktop.conversationId(brandKey, toAddress);
      const id = newId();
      send(brandKey, toAddress, { id, text });
      return {
        brandKey,
        what: "agentless message",
        text,
        body: {
          id,
          conversationId,
          fromAddress,
          toAddress,
          messengerType: toAddressMessengerType,
          textBody: text,
          timestamp: new Date(now()).toISOString(),
        },
      };
    },
  };
}
