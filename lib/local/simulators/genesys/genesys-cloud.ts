import { randomBytes } from "node:crypto";
import { type Interfere, startSimulatorServer } from "../simulator-server.ts";
import type { OnTraffic } from "../traffic.ts";
import { agentlessRoute } from "./agentless.ts";
import { type FetchedAttachment, fetchAttachment } from "./attachment-fetch.ts";
import { DEFAULT_MESSAGING_SETTING, DEFAULT_SUPPORTED_CONTENT } from "./default-profiles.ts";
import {
  type Conversation,
  createGenesysDesktop,
  type DesktopMessage,
  type DesktopReceipt,
} from "./desktop.ts";
import { type AgentFile, createGenesysDownloads } from "./downloads.ts";
import type { ArchitectFlow } from "./flow.ts";
import { flowRoutes } from "./flow-routes.ts";
import { createGenesysGate, GENESYS_BODY_LIMIT_BYTES } from "./gate.ts";
import { identityRoutes } from "./identity-routes.ts";
import { inboundRoutes } from "./inbound.ts";
import type { OpenIntegration } from "./integration.ts";
import { integrationRoutes } from "./integration-routes.ts";
import { type CreateError, createIntegrationStore } from "./integration-store.ts";
import { shownText } from "./normalized.ts";
import type { OAuthClient } from "./oauth-client.ts";
import { type OutboundMessage, outboundBody, outboundOnDesktop, withContent } from "./outbound.ts";
import { messagingSettingRoutes, supportedContentRoutes } from "./profile-routes.ts";
import { createProfileStore } from "./profile-store.ts";
import { recipientRoutes } from "./recipient-routes.ts";
import { sendGenesysWebhook } from "./webhook.ts";
import type { WebhookOutcome } from "./webhook-outcome.ts";

/** A Genesys Cloud that runs here and is as strict as the real one. */
export interface GenesysCloud {
  /** Serves the paths of both api.<region> and login.<region>. */
  origin: string;
  /** `outboundNotificationWebhookUrl` of the brand's integration. */
  setWebhook(brandKey: string, url: string): void;
  /** Accepts webhooks at this origin without https and port 443, because it takes the place of a public one. */
  exemptOrigin(origin: string): void;
  /** The next integration that is created through the API ends with this error. */
  failNextIntegration(error: CreateError): void;
  /**
   * The agent or bot sends something to the customer, `attachments` as content that is served under
   * `origin`. `time` is its `channel.time`: the present one by default, none with null. Fulfilled after the last try
   * of the webhook. Rejects for an unknown brand or webhook and for an attachment of more than 25 MB.
   */
  reply(
    brandKey: string,
    toId: string,
    message: OutboundMessage & { attachments?: AgentFile[]; time?: string | null },
  ): Promise<WebhookOutcome & { id: string }>;
  /** A file that an agent has attached, by the attachment's id, without a download's request. */
  agentFile(id: string): AgentFile | undefined;
  /** What the agents' desktop shows, both directions, oldest conversation first. */
  conversations(brandKey: string): Conversation[];
  /** The messages that this customer sent in all conversations, in order of arrival. */
  messages(brandKey: string, fromId: string): DesktopMessage[];
  /** Fetches the attachments of this customer's messages, in order, each once. */
  fetchAttachments(brandKey: string, fromId: string): Promise<FetchedAttachment[]>;
  /** Receipts from the bridge, in order of arrival. */
  receipts(brandKey: string): DesktopReceipt[];
  /** Ends connections, pending requests and retries at once. */
  close(): Promise<void>;
}

/** Starts the simulated Genesys Cloud on 127.0.0.1. Rejects when the port is taken. */
export async function startGenesysCloud(options: {
  /** The integrations that exist at the start, each with the OAuth client that serves it. */
  integrations: OpenIntegration[];
  /** The flows of Architect. The first one is attached to the integrations that exist at the start. */
  flows?: ArchitectFlow[];
  /** What these integrations have instead of the organisation's defaults. */
  profiles?: { supportedContent: { name: string }; messagingSetting: { name: string } };
  /** Further OAuth clients. */
  clients?: OAuthClient[];
  /** How long the creation of an integration takes; Genesys does not disclose it, 1 s by default. */
  creationMilliseconds?: number;
  /** Whether the API hides the secret tokens of integrations. */
  masksSecrets?: boolean;
  /** 0, the default, takes any free port. */
  port?: number;
  /** Requests a minute of each OAuth client; Genesys admits 300. */
  requestsPerMinute?: number;
  /** Lifetime of a token; in Genesys the administrator chooses 300 to 172,800 s. */
  tokenSeconds?: number;
  /** Lifetime of the links that downloads redirect to; Genesys does not disclose it, 600 s by default. */
  signedSeconds?: number;
  onTraffic?: OnTraffic;
  now?: () => number;
  webhookRetries?: number;
  webhookTimeoutMilliseconds?: number;
  webhookPauseMilliseconds?: number;
  interfere?: Interfere | undefined;
}): Promise<GenesysCloud> {
  const { onTraffic = () => {}, now = Date.now } = options;
  const closing = new AbortController();
  const newId = () => randomBytes(16).toString("hex");
  const desktop = createGenesysDesktop({ now, newId });
  const downloads = createGenesysDownloads({ signedSeconds: options.signedSeconds ?? 600, now });
  const flows = options.flows ?? [];
  const supportedContent = createProfileStore(DEFAULT_SUPPORTED_CONTENT);
  const messagingSettings = createProfileStore(DEFAULT_MESSAGING_SETTING);
  const integrations = createIntegrationStore({
    seed: options.integrations,
    seedWith: {
      flow: flows[0],
      ...(options.profiles && {
        supportedContent: supportedContent.add(options.profiles.supportedContent),
        messagingSetting: messagingSettings.add(options.profiles.messagingSetting),
      }),
    },
    standard: {
      supportedContent: supportedContent.standard(),
      messagingSetting: messagingSettings.standard(),
    },
    creationMilliseconds: options.creationMilliseconds ?? 1_000,
    now,
  });
  const exempt = new Set<string>();

  const server = await startSimulatorServer({
    port: options.port ?? 0,
    bodyLimit: GENESYS_BODY_LIMIT_BYTES,
    interfere: options.interfere,
    answer: createGenesysGate({
      clients: [...(options.clients ?? []), ...options.integrations],
      routes: [
        ...inboundRoutes({ integrations, desktop, newId }),
        agentlessRoute({
          ...{ integrations, desktop, newId, now },
          send(brandKey, toId, message) {
            // Nobody is at a desk: whether Genesys Cloud names an originator, it does not document.
            const text = { type: "Text", originatingEntity: undefined, ...message };
            reply(brandKey, toId, text).catch(() => undefined);
          },
        }),
        ...integrationRoutes({
          store: integrations,
          supportedContent,
          messagingSettings,
          exempt,
          masksSecrets: options.masksSecrets ?? false,
          now,
        }),
        ...supportedContentRoutes(supportedContent),
        ...messagingSettingRoutes(messagingSettings),
        ...identityRoutes(integrations),
        ...recipientRoutes(integrations, flows),
        ...flowRoutes(flows),
      ],
      downloads,
      brandKeyOf: (path) =>
        path
          .split("/")
          .map((segment) => integrations.find(segment)?.integration.brandKey)
          .find((brandKey) => brandKey !== undefined),
      requestsPerMinute: options.requestsPerMinute ?? 300,
      tokenSeconds: options.tokenSeconds ?? 86_400,
      now,
      onTraffic,
    }),
  });

  const reply: GenesysCloud["reply"] = async (
    brandKey,
    toId,
    { attachments = [], time: ownTime, ...written },
  ) => {
    const held = integrations.ofBrand(brandKey);
    if (held?.webhookUrl === undefined) {
      throw new Error(`No ${held ? "webhook" : "integration"} is known for ${brandKey}`);
    }
    const { integration, webhookUrl: url, settings } = held;
    const message = withContent(
      written,
      attachments.map((file) => downloads.host(server.origin, brandKey, file)),
    );
    const id = message.id ?? newId();
    const conversationId = desktop.conversationId(brandKey, toId);
    const present = new Date(now()).toISOString();
    const time = ownTime === undefined ? present : ownTime;
    const body = outboundBody(message, { integration, toId, id, conversationId, time });
    const shown = outboundOnDesktop(message, time ?? present);
    const entry =
      message.type === "Text" || message.type === "Structured"
        ? desktop.outbound(brandKey, toId, shown, id)
        : undefined;
    const outcome = await sendGenesysWebhook(
      {
        url,
        brandKey,
        webhookSecret: integration.webhookSecret,
        headers: settings.webhookHeaders,
        body,
        what: message.type.toLowerCase(),
        text: shownText(shown),
      },
      {
        retries: options.webhookRetries ?? 5,
        timeoutMilliseconds: options.webhookTimeoutMilliseconds ?? 10_000,
        pauseMilliseconds: options.webhookPauseMilliseconds ?? 5_000,
        now,
        onTraffic,
        closing: closing.signal,
      },
    );
    if (entry !== undefined) entry.webhook = outcome;
    if (entry !== undefined && (outcome.status < 200 || outcome.status > 299)) {
      entry.status = "Failed";
    }
    return { ...outcome, id };
  };

  return {
    origin: server.origin,
    setWebhook(brandKey, url) {
      for (const held of integrations.list()) {
        if (held.integration.brandKey === brandKey) held.webhookUrl = url;
      }
    },
    exemptOrigin: (local) => void exempt.add(new URL(local).origin),
    failNextIntegration: integrations.failNext,
    reply,
    agentFile: downloads.file,
    conversations: desktop.conversations,
    messages: desktop.messages,
    fetchAttachments: (brandKey, fromId) =>
      Promise.all(
        desktop
          .messages(brandKey, fromId)
          .flatMap(({ attachments }) => attachments)
          .map((attachment) => fetchAttachment(attachment, closing.signal)),
      ),
    receipts: desktop.receipts,
    async close() {
      closing.abort();
      await server.close();
    },
  };
}
