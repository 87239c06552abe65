export interface OAuthCredentials {
  clientId: string;
  clientSecret: string;
}

/**
 * An OAuth client with the grant Client Credentials. The simulator reads the object at every use, so
 * a test can rotate its secret or revoke a permission by assigning to it.
 */
export interface OAuthClient extends OAuthCredentials {
  /** Of the client's role; by default what inbound messages need. */
  permissions?: string[];
}

/** Genesys Cloud, all inbound operations of Open Messaging require this one. */
export const RECEIVE_PERMISSION = "conversation:message:receive";

/** What the operations on open integrations require, one each. */
export const INTEGRATION_PERMISSIONS = {
  view: "messaging:integration:view",
  add: "messaging:integration:add",
  edit: "messaging:integration:edit",
  delete: "messaging:integration:delete",
} as const;
