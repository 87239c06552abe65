import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { GenesysRoute } from "./api.ts";
import type { HeldIntegration, IntegrationStore } from "./integration-store.ts";
import { listing } from "./listing.ts";
import { INTEGRATION_PERMISSIONS } from "./oauth-client.ts";
import type { ProfileStore } from "./profile-store.ts";
import { errorBody, notFound, parseGenesysBody } from "./refusal.ts";

const COLLECTION = "/api/v2/conversations/messaging/integrations/open";
const ONE = new RegExp(`^${COLLECTION}/([^/]+)$`);
const ALL = new RegExp(`^${COLLECTION}$`);

/**
 * Genesys Cloud Platform API, Conversations: the open integrations of the organisation. Creation is
 * asynchronous: until it is completed, an integration takes no messages and has no recipient. Its
 * agents answer in the brand that its webhook URL ends with. Supported content and messaging
 * settings must exist and are kept, without effect; one that names none gets the organisation's default.
 */
export function integrationRoutes(options: {
  store: IntegrationStore;
  supportedContent: ProfileStore;
  messagingSettings: ProfileStore;
  /** Origins on this machine that need neither https nor port 443. */
  exempt: ReadonlySet<string>;
  /** Whether answers hide the secret tokens; Genesys does not document that it does. */
  masksSecrets: boolean;
  now: () => number;
}): GenesysRoute[] {
  const { store, supportedContent, messagingSettings, now } = options;
  const referenceTo = (profiles: ProfileStore) =>
    z.object({ id: z.string().refine((id) => profiles.find(id) !== undefined) }).optional();

  const webhookUrl = z.string().refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, port, origin } = new URL(text);
    return (protocol === "https:" && port === "") || options.exempt.has(origin);
  });
  /** OpenIntegrationRequest. */
  const newIntegration = z.object({
    name: z.string().min(1),
    outboundNotificationWebhookUrl: webhookUrl,
    outboundNotificationWebhookSignatureSecretToken: z.string().min(16),
    webhookHeaders: z.record(z.string(), z.string()).optional(),
    supportedContent: referenceTo(supportedContent),
    messagingSetting: referenceTo(messagingSettings),
  });
  /** OpenIntegrationUpdateRequest. */
  const changedIntegration = newIntegration.partial().required({ name: true });

  const find = (integrationId = ""): HeldIntegration => {
    const held = store.find(integrationId);
    if (held === undefined) throw notFound();
    return held;
  };
  /** OpenIntegration. */
  const shown = (held: HeldIntegration) => {
    const { integration, recipientId, webhookUrl: url = "", settings, createError } = held;
    const { integrationId: id, name, webhookSecret } = integration;
    const createStatus = store.statusOf(held);
    return {
      id,
      name,
      outboundNotificationWebhookUrl: url,
      outboundNotificationWebhookSignatureSecretToken: options.masksSecrets
        ? "********"
        : webhookSecret,
      ...settings,
      supportedContent: referred(supportedContent, settings.supportedContent),
      messagingSetting: referred(messagingSettings, settings.messagingSetting),
      createStatus,
      ...(createStatus === "Completed" && {
        recipient: {
          id: recipientId,
          selfUri: `/api/v2/routing/message/recipients/${recipientId}`,
        },
      }),
      ...(createStatus === "Error" && createError && { createError: errorBody(500, createError) }),
      dateCreated: new Date(held.createdAt).toISOString(),
      dateModified: new Date(held.modifiedAt).toISOString(),
      selfUri: `${COLLECTION}/${id}`,
    };
  };
  const answer = (held: HeldIntegration, what: string) => {
    const { brandKey, name } = held.integration;
    return { what, text: name, brandKey, body: shown(held) };
  };

  return [
    {
      method: "GET",
      path: ALL,
      permissions: [INTEGRATION_PERMISSIONS.view],
      answer: ({ query }) => {
        const all = store.list().map(shown);
        return { what: "integrations", body: listing(all, COLLECTION, query) };
      },
    },
    {
      method: "POST",
      path: ALL,
      permissions: [INTEGRATION_PERMISSIONS.add],
      answer: ({ body }) => {
        const {
          name,
          outboundNotificationWebhookUrl: url,
          outboundNotificationWebhookSignatureSecretToken: webhookSecret,
          ...settings
        } = parseGenesysBody(newIntegration, body);
        const brandKey = lastSegment(url);
        const integration = { brandKey, integrationId: randomUUID(), name, webhookSecret };
        return answer(store.add(integration, url, settings), "new integration");
      },
    },
    {
      method: "GET",
      path: ONE,
      permissions: [INTEGRATION_PERMISSIONS.view],
      answer: ({ parameters: [id] }) => answer(find(id), "integration"),
    },
    {
      method: "PATCH",
      path: ONE,
      permissions: [INTEGRATION_PERMISSIONS.edit],
      answer: ({ parameters: [id], body }) => {
        const held = find(id);
        const {
          name,
          outboundNotificationWebhookUrl: url,
          outboundNotificationWebhookSignatureSecretToken: webhookSecret,
          ...settings
        } = parseGenesysBody(changedIntegration, body);
        Object.assign(held.integration, {
          name,
          ...(webhookSecret !== undefined && { webhookSecret }),
          ...(url !== undefined && { brandKey: lastSegment(url) }),
        });
        held.webhookUrl = url ?? held.webhookUrl;
        Object.assign(held.settings, settings);
        held.modifiedAt = now();
        return answer(held, "changed integration");
      },
    },
    {
      method: "DELETE",
      path: ONE,
      permissions: [INTEGRATION_PERMISSIONS.delete],
      answer: ({ parameters: [id] }) => {
        const held = find(id);
        store.remove(held);
        const { brandKey, name: text } = held.integration;
        return { what: "deleted integration", text, brandKey, bytes: Buffer.alloc(0) };
      },
    },
  ];
}

/** A profile as an integration shows it: with its name. */
function referred(profiles: ProfileStore, reference: { id: string } | undefined) {
  const { id, name } = profiles.find(reference?.id ?? "") ?? {};
  return id === undefined ? undefined : { id, name };
}

function lastSegment(url: string): string {
  return new URL(url).pathname.split("/").at(-1) ?? "";
}
