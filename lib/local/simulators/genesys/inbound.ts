import {
  inboundEvent,
  inboundMessage,
  inboundReceipt,
  inboundStructuredResponse,
  legacyInbound,
} from "./bodies.ts";
import { offersButton } from "./buttons.ts";
import type { GenesysDesktop } from "./desktop.ts";
import type { OpenIntegration } from "./integration.ts";
import { asContent, desktopMessage, normalizedChannel, shownText } from "./normalized.ts";
import { badRequest, GenesysRefusal, parseGenesysBody } from "./refusal.ts";

export interface GenesysCall {
  integrationId: string;
  query: URLSearchParams;
  body: unknown;
}

export interface GenesysAnswer {
  integration: OpenIntegration;
  /** For people who watch. */
  what: string;
  text: string;
  body: object;
}

/** @throws {GenesysRefusal} 404, 400 */
export type GenesysOperation = (call: GenesysCall) => GenesysAnswer;

export interface GenesysInbound {
  /** By the end of the path: `message`, `event`, `receipt`, `structured/response`. */
  operations: Map<string, GenesysOperation>;
  /** The deprecated endpoint: the integration is `channel.to.id`. */
  legacy: GenesysOperation;
}

/**
 * The five inbound operations of Open Messaging (Genesys Cloud Platform API, Conversations). They
 * answer with the normalized message, as Genesys does. A structured response must belong to an open
 * conversation and name one of its buttons; Genesys only documents the former.
 */
export function createGenesysInbound(options: {
  integrations: OpenIntegration[];
  desktop: GenesysDesktop;
  newId: () => string;
}): GenesysInbound {
  const { desktop } = options;

  const find = (integrationId: string): OpenIntegration => {
    const found = options.integrations.find((one) => one.integrationId === integrationId);
    if (found === undefined) {
      throw new GenesysRefusal(404, "not.found", "The requested resource was not found.");
    }
    return found;
  };

  const message: GenesysOperation = ({ integrationId, query, body }) => {
    const integration = find(integrationId);
    const parsed = parseGenesysBody(inboundMessage, body);
    const { channel, text, content = [], metadata } = parsed;
    const shown = desktopMessage(parsed);
    const { id, conversationId } = desktop.inbound(integration.brandKey, channel.from.id, shown);
    const answer = {
      id,
      channel: normalizedChannel(integration, channel),
      type: "Text",
      text,
      content: content.map(asContent),
      metadata,
      ...(query.get("prefetchConversationId") === "true" && { conversationId }),
    };
    return { integration, what: "message", text: shownText(shown), body: answer };
  };

  const event: GenesysOperation = ({ integrationId, body }) => {
    const integration = find(integrationId);
    const { channel, events } = parseGenesysBody(inboundEvent, body);
    desktop.typed(integration.brandKey, channel.from.id);
    const id = options.newId();
    const answer = { id, channel: normalizedChannel(integration, channel), type: "Event", events };
    return { integration, what: "typing", text: "", body: answer };
  };

  const receipt: GenesysOperation = ({ integrationId, body }) => {
    const integration = find(integrationId);
    const parsed = parseGenesysBody(inboundReceipt, body);
    const text = desktop.receipt(integration.brandKey, {
      ...parsed,
      toId: parsed.channel.to.id,
    });
    const channel = normalizedChannel(integration, parsed.channel);
    const answer = { ...parsed, channel, type: "Receipt", direction: "Outbound" };
    return { integration, what: "receipt", text, body: answer };
  };

  const structuredResponse: GenesysOperation = ({ integrationId, body }) => {
    const integration = find(integrationId);
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
    const { id } = desktop.inbound(integration.brandKey, channel.from.id, {
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
    return { integration, what: "structured response", text, body: answer };
  };

  const legacy: GenesysOperation = ({ body }) => {
    const parsed = parseGenesysBody(legacyInbound, body);
    const integration = find(parsed.channel.to.id);
    const channel = normalizedChannel(integration, parsed.channel);
    const customerId = parsed.channel.from.id;
    if (parsed.type === "Receipt") {
      const text = desktop.receipt(integration.brandKey, { ...parsed, toId: customerId });
      return { integration, what: "receipt", text, body: { ...parsed, channel } };
    }
    const shown = desktopMessage(parsed);
    const { id } = desktop.inbound(integration.brandKey, customerId, shown);
    const answer = { ...parsed, id, channel, direction: "Inbound" };
    return { integration, what: "message", text: shownText(shown), body: answer };
  };

  return {
    operations: new Map([
      ["message", message],
      ["event", event],
      ["receipt", receipt],
      ["structured/response", structuredResponse],
    ]),
    legacy,
  };
}
