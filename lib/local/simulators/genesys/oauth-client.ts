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

export const SUPPORTED_CONTENT_PERMISSIONS = {
  view: "messaging:supportedContent:view",
  add: "messaging:supportedContent:add",
  edit: "messaging:supportedContent:edit",
} as const;

export const SETTING_PERMISSIONS = {
  view: "messaging:setting:view",
  add: "messaging:setting:add",
  edit: "messaging:setting:edit",
} as const;

/** Beside the permission to view or edit the integration itself. */
export const IDENTITY_RESOLUTION_PERMISSIONS = {
  view: "messaging:identityResolutionOpen:view",
  edit: "messaging:identityResolutionOpen:edit",
} as const;

/** Both to see which flow takes a recipient's messages and to name one. */
export const ROUTING_PERMISSION = "routing:message:manage";

export const FLOW_PERMISSION = "architect:flow:view";

/** All that a client may be given that manages integrations and what belongs to them. */
export const PROVISIONING_PERMISSIONS = [
  INTEGRATION_PERMISSIONS,
  SUPPORTED_CONTENT_PERMISSIONS,
  SETTING_PERMISSIONS,
  IDENTITY_RESOLUTION_PERMISSIONS,
]
  .flatMap((group): string[] => Object.values(group))
  .concat(ROUTING_PERMISSION, FLOW_PERMISSION);
