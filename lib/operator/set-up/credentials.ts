import { UsageError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";

interface Field {
  flag: string;
  environment: string;
  /** As the platform's own console calls it. */
  name: string;
  /** Where to find it. */
  where: string;
  isSecret: boolean;
}

/** What set-up is told of the two platforms, by the name of the field on standard input. */
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
    where: "its role needs Conversation > Message > Receive alone",
    isSecret: false,
  },
  genesysClientSecret: {
    flag: "--genesys-client-secret",
    environment: "GENESYS_CLIENT_SECRET",
    name: "Client secret of the Genesys Cloud OAuth client that the bridge uses",
    where: "shown once, when the client is made",
    isSecret: true,
  },
  genesysProvisioningClientId: {
    flag: "--genesys-provisioning-client-id",
    environment: "GENESYS_PROVISIONING_CLIENT_ID",
    name: "Client ID of the Genesys Cloud OAuth client for set-up",
    where: "its role needs Messaging > Integration > View, Add and Edit; it is not stored",
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

/** What flags, environment and standard input say. */
export type GivenCredentials = Partial<Record<CredentialName, string>>;

const NAMES = Object.keys(CREDENTIALS).filter(isCredentialName);

export function isCredentialName(name: string): name is CredentialName {
  return Object.hasOwn(CREDENTIALS, name);
}

/** Fields of a JSON object, as set-up takes it on standard input. Throws UsageError, which never quotes a value. */
export function readGivenCredentials(text: string): GivenCredentials {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError("standard input: is not valid JSON; send an object with credentials");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError("standard input: must be a JSON object with credentials");
  }
  const given: GivenCredentials = {};
  for (const [name, credential] of Object.entries(value)) {
    if (!isCredentialName(name)) {
      throw new UsageError(`standard input: ${name} is unknown; allowed: ${NAMES.join(", ")}`);
    }
    if (typeof credential !== "string") {
      throw new UsageError(`standard input: ${name} must be a string`);
    }
    given[name] = credential;
  }
  return checkCredentials(given);
}

/**
 * The same without blanks around and without what is empty; of the optional access token, empty means
 * that there shall be none. Throws UsageError.
 */
export function checkCredentials(given: GivenCredentials): GivenCredentials {
  const checked: GivenCredentials = {};
  for (const name of NAMES) {
    const value = given[name]?.trim();
    if (value === undefined) continue;
    if (value !== "") checked[name] = checkCredential(name, value);
    else if (name === "lineChannelAccessToken") checked[name] = "";
  }
  return checked;
}

function checkCredential(name: CredentialName, value: string): string {
  const { flag, environment } = CREDENTIALS[name];
  if (!/^[!-~]+$/.test(value)) {
    throw new UsageError(
      `${name} (${flag}, ${environment}): must be printable ASCII without blanks`,
    );
  }
  if (name === "lineChannelId" && !/^\d+$/.test(value)) {
    throw new UsageError(`${name} (${flag}, ${environment}): must be the number from the console`);
  }
  return value;
}

/** Asks for a credential. Throws UsageError where nobody can be asked or nothing is typed. */
export async function askCredential(name: CredentialName, terminal: Terminal): Promise<string> {
  const value = await askOptionalCredential(name, terminal);
  if (value !== undefined) return value;
  const { flag, environment, name: what, where } = CREDENTIALS[name];
  throw new UsageError(
    `${what} is missing (${where}): give it with ${flag}, as ${environment} or as ${name} on standard input (--stdin)`,
  );
}

/** Undefined where nobody can be asked or nothing is typed. */
export async function askOptionalCredential(
  name: CredentialName,
  terminal: Terminal,
): Promise<string | undefined> {
  const { name: what, where, isSecret } = CREDENTIALS[name];
  const typed = (await terminal.ask({ text: `${what} (${where})`, isSecret }))?.trim();
  return typed ? checkCredential(name, typed) : undefined;
}
