import type { OAuthClient } from "./oauth-client.ts";

/**
 * An Open Messaging integration. The simulator reads the object at every use, so a test can rotate
 * its secret by assigning to it.
 */
export interface MessagingIntegration {
  brandKey: string;
  integrationId: string;
  name: string;
  /** `outboundNotificationWebhookSignatureSecretToken`. */
  webhookSecret: string;
}

/** An integration that exists at the start, with the OAuth client that serves it. */
export type OpenIntegration = MessagingIntegration & OAuthClient;
