import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../clock.ts";
import { OperatorError } from "../errors.ts";
import { readFields, storeFields } from "../market/brand-secrets.ts";
import type { BrandStack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import { connectGenesys, type OAuthClient } from "../platforms/genesys-api.ts";
import {
  createOpenIntegrations,
  type OpenIntegration,
  type OpenIntegrations,
  showsOther,
} from "../platforms/open-integrations.ts";
import { provingCredentials } from "../platforms/proving-credentials.ts";
import type { Terminal } from "../terminal.ts";
import { askCredential, type GivenCredentials } from "./credentials.ts";
import type { Change } from "./set-up.ts";

/** Genesys Cloud wants more than 15 characters. */
const WEBHOOK_SECRET_BYTES = 32;

export interface GenesysPlan {
  changes: Change[];
  /** What could not be looked at, and why. */
  notes: string[];
}

interface Wanted {
  stored: Record<string, string>;
  runtime: OAuthClient;
  /** Undefined where the integration is known and nobody gave a client that could look at it. */
  provisioning: OAuthClient | undefined;
}

/** The OAuth clients: what was given, else what is stored, else what somebody types. */
export async function gatherClients(
  brand: BrandStack,
  target: Target,
  given: GivenCredentials,
  terminal: Terminal,
): Promise<Wanted> {
  const stored = await readFields(target.aws.secrets, brand.genesysSecret);
  const clientId = given.genesysClientId ?? stored.clientId;
  const clientSecret = given.genesysClientSecret ?? stored.clientSecret;
  const runtime = {
    clientId: clientId ?? (await askCredential("genesysClientId", terminal)),
    clientSecret: clientSecret ?? (await askCredential("genesysClientSecret", terminal)),
  };
  const { genesysProvisioningClientId: id, genesysProvisioningClientSecret: secret } = given;
  const isKnown = stored.integrationId !== undefined && stored.webhookSecret !== undefined;
  if (id === undefined && secret === undefined && isKnown) {
    return { stored, runtime, provisioning: undefined };
  }
  const provisioning = {
    clientId: id ?? (await askCredential("genesysProvisioningClientId", terminal)),
    clientSecret: secret ?? (await askCredential("genesysProvisioningClientSecret", terminal)),
  };
  return { stored, runtime, provisioning };
}

/** What is to be done at Genesys Cloud and with the brand's Genesys secret. Throws when Genesys Cloud refuses a client. */
export async function planGenesys(
  brand: BrandStack,
  target: Target,
  { stored, runtime, provisioning }: Wanted,
  { sleep }: Clock,
): Promise<GenesysPlan> {
  const urls = { api: target.platforms.genesysApi, login: target.platforms.genesysLogin };
  // Proves that the bridge will get its tokens.
  await provingCredentials(["genesysClientId", "genesysClientSecret"], () =>
    connectGenesys(urls, runtime, sleep),
  );
  const store = (fields: Record<string, string>) =>
    storeFields(target.aws.secrets, brand.genesysSecret, { ...stored, ...runtime, ...fields });
  const storeClient: Change[] = isDeepStrictEqual(stored, { ...stored, ...runtime })
    ? []
    : [{ text: describeStore("the OAuth client", brand), apply: () => store({}) }];
  if (provisioning === undefined) {
    const note =
      "The open messaging integration was not looked at: give the OAuth client for set-up to have it compared.";
    return { changes: storeClient, notes: [note] };
  }
  const call = await provingCredentials(
    ["genesysProvisioningClientId", "genesysProvisioningClientSecret"],
    () => connectGenesys(urls, provisioning, sleep),
  );
  const integrations = createOpenIntegrations(call, sleep);
  const existing = await findIntegration(brand, stored.integrationId, integrations);
  if (existing === undefined) {
    return { changes: [createIntegration(brand, integrations, store)], notes: [] };
  }
  // Throws, and says what to do about it.
  if (existing.createStatus === "Error") await integrations.completed(existing.id);
  return {
    changes: updateIntegration(brand, existing, stored, { integrations, store, storeClient }),
    notes: [],
  };
}

async function findIntegration(
  { genesysWebhook }: BrandStack,
  storedId: string | undefined,
  integrations: OpenIntegrations,
): Promise<OpenIntegration | undefined> {
  const known = storedId === undefined ? undefined : await integrations.get(storedId);
  if (known !== undefined) return known;
  const [first, ...others] = await integrations.withWebhook(genesysWebhook);
  if (others.length === 0) return first;
  const ids = [first, ...others].flatMap((one) => one?.id ?? []).join(", ");
  throw new OperatorError(
    `Several integrations of Genesys Cloud call ${genesysWebhook}: ${ids}. Delete all but one under Message > Platform Integrations (Admin > Message > Platforms).`,
  );
}

function createIntegration(
  brand: BrandStack,
  integrations: OpenIntegrations,
  store: (fields: Record<string, string>) => Promise<void>,
): Change {
  const name = integrationName(brand);
  return {
    text: `create the open messaging integration "${name}" in Genesys Cloud with a new webhook secret, and ${describeStore("both and the OAuth client", brand)}`,
    async apply() {
      const secret = newWebhookSecret();
      const { id } = await integrations.create({ name, url: brand.genesysWebhook, secret });
      // Before anything can fail: set-up finds the integration again, but nobody its secret.
      await store({ integrationId: id, webhookSecret: secret });
      await integrations.completed(id);
    },
  };
}

function updateIntegration(
  brand: BrandStack,
  existing: OpenIntegration,
  stored: Record<string, string>,
  {
    integrations,
    store,
    storeClient,
  }: {
    integrations: OpenIntegrations;
    store: (fields: Record<string, string>) => Promise<void>;
    storeClient: Change[];
  },
): Change[] {
  const webhookSecret = stored.webhookSecret ?? newWebhookSecret();
  const isKnown = stored.integrationId === existing.id && stored.webhookSecret !== undefined;
  // What Genesys Cloud hides is believed only of the integration that it was stored for.
  const isOtherSecret = isKnown
    ? showsOther(existing, webhookSecret)
    : existing.outboundNotificationWebhookSignatureSecretToken !== webhookSecret;
  const isOtherUrl = existing.outboundNotificationWebhookUrl !== brand.genesysWebhook;
  const change = {
    ...(isOtherUrl && { url: brand.genesysWebhook }),
    ...(isOtherSecret && { secret: webhookSecret }),
  };
  const what = [
    ...(isOtherUrl
      ? [
          `the webhook ${brand.genesysWebhook} (now ${existing.outboundNotificationWebhookUrl || "none"})`,
        ]
      : []),
    ...(isOtherSecret ? ["the stored webhook secret"] : []),
  ];
  return [
    // Genesys Cloud does not repeat what got a 401: the bridge must know a secret first.
    ...(isKnown
      ? storeClient
      : [
          {
            text: describeStore(
              "the integration's id, a webhook secret and the OAuth client",
              brand,
            ),
            apply: () => store({ integrationId: existing.id, webhookSecret }),
          },
        ]),
    ...(what.length === 0
      ? []
      : [
          {
            text: `give the open messaging integration "${existing.name}" in Genesys Cloud ${what.join(" and ")}`,
            apply: () => integrations.update(existing, change),
          },
        ]),
    ...(existing.createStatus === "Initiated"
      ? [
          {
            text: `wait until Genesys Cloud has created the integration "${existing.name}"`,
            apply: () => integrations.completed(existing.id),
          },
        ]
      : []),
  ];
}

function describeStore(what: string, { genesysSecret }: BrandStack): string {
  return `store ${what} in the secret ${genesysSecret}`;
}

/** What set-up calls an integration that it creates. */
export function integrationName({ name }: BrandStack): string {
  return `LINE ${name}`;
}

function newWebhookSecret(): string {
  return randomBytes(WEBHOOK_SECRET_BYTES).toString("base64url");
}
