export interface OAuthCredentials {
  clientId: string;
  clientSecret: string;
}

/**
 * An OAuth client with the grant Client Credentials. The simulator reads the object at every use, so
 * a test can rotate its secret or revoke a permission by assigning to it.
 */
export interface OAuthClient extends OAuthCredentials {
  /** The permissions of the client's role; by default those that inbound messages need. */
  permissions?: string[];
}

/** All inbound operations of Open Messaging require this one. */
export const RECEIVE_PERMISSION = "conversation:message:receive";

/** Agentless messages require this one. */
export const CREATE_PERMISSION = "conversation:message:create";

/** The operations on open integrations each require one of these. */
export const INTEGRATION_PERMISSIONS = {
  view: "messaging:integration:view",
  add: "messaging:integration:add",
  edit: "messaging:integration:edit",
  delete: "messaging:integration:delete",
} as const;
