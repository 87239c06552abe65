interface Field {
  flag: string;
  environment: string;
  /** The name in the platform's console. */
  name: string;
  /** Where to find it. */
  where: string;
  isSecret: boolean;
}

/** The credentials of the two platforms, by the name of the field on standard input. */
export const CREDENTIALS = {
  lineChannelId: {
    flag: "--line-channel-id",
    environment: "LINE_CHANNEL_ID",
    name: "LINE channel ID",
    where: "LINE Developers Console, the channel's Basic settings",
    isSecret: false,
  },
  lineChannelSecret: {
    flag: "--line-channel-secret",
    environment: "LINE_CHANNEL_SECRET",
    name: "LINE channel secret",
    where: "LINE Developers Console, the channel's Basic settings",
    isSecret: true,
  },
  lineChannelAccessToken: {
    flag: "--line-channel-access-token",
    environment: "LINE_CHANNEL_ACCESS_TOKEN",
    name: "LINE channel access token",
    where: "leave it empty: the bridge issues short-lived ones",
    isSecret: true,
  },
  genesysClientId: {
    flag: "--genesys-client-id",
    environment: "GENESYS_CLIENT_ID",
    name: "Client ID of the Genesys Cloud OAuth client that the bridge uses",
    where: "its role needs only Conversation > Message > Receive",
    isSecret: false,
  },
  genesysClientSecret: {
    flag: "--genesys-client-secret",
    environment: "GENESYS_CLIENT_SECRET",
    name: "Client secret of the Genesys Cloud OAuth client that the bridge uses",
    where: "shown once, when the client is created",
    isSecret: true,
  },
  genesysProvisioningClientId: {
    flag: "--genesys-provisioning-client-id",
    environment: "GENESYS_PROVISIONING_CLIENT_ID",
    name: "Client ID of the Genesys Cloud OAuth client for set-up",
    where:
      "its role needs Messaging > Integration > View, Add and Edit, and more for each further step; it is not stored",
    isSecret: false,
  },
  genesysProvisioningClientSecret: {
    flag: "--genesys-provisioning-client-secret",
    environment: "GENESYS_PROVISIONING_CLIENT_SECRET",
    name: "Client secret of the Genesys Cloud OAuth client for set-up",
    where: "it is not stored",
    isSecret: true,
  },
} as const satisfies Record<string, Field>;

export type CredentialName = keyof typeof CREDENTIALS;

export function isCredentialName(name: string): name is CredentialName {
  return Object.hasOwn(CREDENTIALS, name);
}
