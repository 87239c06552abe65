/**
 * An Open Messaging integration and the OAuth client that serves it. The simulator reads the object
 * at every use, so a test can rotate a secret or revoke the permission by assigning to it.
 */
export interface OpenIntegration {
  brandKey: string;
  integrationId: string;
  name: string;
  /** `outboundNotificationWebhookSignatureSecretToken`. */
  webhookSecret: string;
  clientId: string;
  clientSecret: string;
  /** Of the client's role; by default what inbound messages need. */
  permissions?: string[];
}

/** Genesys Cloud, all inbound operations of Open Messaging require this one. */
export const RECEIVE_PERMISSION = "conversation:message:receive";
