import type { GenesysRoute } from "./api.ts";
import {
  inboundEvent,
  inboundMessage,
  inboundReceipt,
  inboundStructuredResponse,
  legacyInbound,
} from "./bodies.ts";
import { offersButton } from "./buttons.ts";
import type { GenesysDesktop, NewDesktopMessage } from "./desktop.ts";
import type { HeldIntegration, IntegrationStore } from "./integration-store.ts";
import { asContent, desktopMessage, normalizedChannel, shownText } from "./normalized.ts";
import { RECEIVE_PERMISSION } from "./oauth-client.ts";
import { badRequest, notFound, parseGenesysBody } from "./refusal.ts";

type Operation = GenesysRoute["answer"];

const PATH = "/api/v2/conversations/messages";

/**
 * The five inbound operations of Open Messaging (Genesys Cloud Platform API, Conversations). They
 * answer with the normalized message, as Genesys does. A structured response must belong to an open
 * conversation and name one of its buttons; Genesys documents only the first rule.
 */
export function inboundRoutes(options: {
  integrations: IntegrationStore;
  desktop: GenesysDesktop;
  newId: () => string;
}): GenesysRoute[] {
  const { integrations, desktop } = options;

  const find = (integrationId = ""): HeldIntegration => {
    const held = integrations.find(integrationId);
    if (held === undefined || integrations.statusOf(held) !== "Completed") {
      throw notFound();
    }
    return held;
  };
  const arrive = (
    { integration, flow }: HeldIntegration,
    customerId: string,
    message: NewDesktopMessage,
  ) => desktop.inbound(integration.brandKey, customerId, message, flow?.name);

  const message: Operation = ({ parameters: [integrationId], query, body }) => {
    const held = find(integrationId);
    const { integration } = held;
    const parsed = parseGenesysBody(inboundMessage, body);
    const { channel, text, content = [], metadata } = parsed;
    const shown = desktopMessage(parsed);
    const { id, conversationId } = arrive(held, channel.from.id, shown);
    const answer = {
      id,
      channel: normalizedChannel(integration, channel),
      type: "Text",
      text,
      content: content.map(asContent),
      metadata,
      ...(query.get("prefetchConversationId") === "true" && { conversationId }),
    };
    return {
      brandKey: integration.brandKey,
      what: "message",
      text: shownText(shown),
      body: answer,
    };
  };

  const event: Operation = ({ parameters: [integrationId], body }) => {
    const { integration } = find(integrationId);
    const { channel, events } = parseGenesysBody(inboundEvent, body);
    desktop.typed(integration.brandKey, channel.from.id);
    const id = options.newId();
    const answer = { id, channel: normalizedChannel(integration, channel), type: "Event", events };
    return { brandKey: integration.brandKey, what: "typing", text: "", body: answer };
  };

  const receipt: Operation = ({ parameters: [integrationId], body }) => {
    const { integration } = find(integrationId);
    const parsed = parseGenesysBody(inboundReceipt, body);
    const text = desktop.receipt(integration.brandKey, {
      ...parsed,
      toId: parsed.channel.to.id,
    });
    const channel = normalizedChannel(integration, parsed.channel);
    const answer = { ...parsed, channel, type: "Receipt", direction: "Outbound" };
    return { brandKey: integration.brandKey, what: "receipt", text, body: answer };
  };

  const structuredResponse: Operation = ({ parameters: [integrationId], body }) => {
    const held = find(integrationId);
    const { integration } = held;
    const parsed = parseGenesysBody(inboundStructuredResponse, body);
    const { channel, buttonResponse, originatingMessageId } = parsed;
    const { text } = buttonResponse;
    const origin = desktop
      .openConversation(integration.brandKey, channel.from.id)
      ?.messages.find(({ id }) => id === originatingMessageId)?.structured;
    if (origin === undefined) {
      throw badRequest([{ errorCode: "bad.request", fieldName: "originatingMessageId" }]);
    }
    if (!offersButton(origin, buttonResponse)) {
      throw badRequest([{ errorCode: "bad.request", fieldName: "buttonResponse" }]);
    }
    const { id } = arrive(held, channel.from.id, {
      ...desktopMessage({ channel, text }),
      buttonResponse,
    });
    const answer = {
      id,
      channel: normalizedChannel(integration, channel),
      type: "Structured",
      direction: "Inbound",
      content: [{ contentType: "ButtonResponse", buttonResponse }],
    };
    return { brandKey: integration.brandKey, what: "structured response", text, body: answer };
  };

  const legacy: Operation = ({ body }) => {
    const parsed = parseGenesysBody(legacyInbound, body);
    const held = find(parsed.channel.to.id);
    const { integration } = held;
    const channel = normalizedChannel(integration, parsed.channel);
    const customerId = parsed.channel.from.id;
    if (parsed.type === "Receipt") {
      const text = desktop.receipt(integration.brandKey, { ...parsed, toId: customerId });
      return {
        brandKey: integration.brandKey,
        what: "receipt",
        text,
        body: { ...parsed, channel },
      };
    }
    const shown = desktopMessage(parsed);
    const { id } = arrive(held, customerId, shown);
    const answer = { ...parsed, id, channel, direction: "Inbound" };
    return {
      brandKey: integration.brandKey,
      what: "message",
      text: shownText(shown),
      body: answer,
    };
  };

  const route = (path: string, answer: Operation): GenesysRoute => ({
    method: "POST",
    path: new RegExp(`^${PATH}${path}$`),
    permissions: [RECEIVE_PERMISSION],
    answer,
  });
  return [
    route("/([^/]+)/inbound/open/message", message),
    route("/([^/]+)/inbound/open/event", event),
    route("/([^/]+)/inbound/open/receipt", receipt),
    route("/([^/]+)/inbound/open/structured/response", structuredResponse),
    // Deprecated: the integration is `channel.to.id`.
    route("/inbound/open", legacy),
  ];
}
