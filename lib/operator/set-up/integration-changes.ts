import { randomBytes } from "node:crypto";
import type { BrandStack } from "../market/stack.ts";
import {
  type OpenIntegration,
  type OpenIntegrations,
  showsOther,
} from "../platforms/open-integrations.ts";
import type { Change } from "./change.ts";

/** Genesys Cloud wants more than 15 characters. */
const WEBHOOK_SECRET_BYTES = 32;

/** Stores these fields in the brand's Genesys secret, together with the bridge's OAuth client. */
export type StoreGenesys = (fields: Record<string, string>) => Promise<void>;

/** The name that set-up gives to an integration that it creates. */
export function integrationName({ name }: BrandStack): string {
  return `LINE ${name}`;
}

/** Says what is stored, and in which secret. */
export function describeStore(what: string, { genesysSecret }: BrandStack): string {
  return `store ${what} in the secret ${genesysSecret}`;
}

/** Creates the brand's integration with a new webhook secret and waits until Genesys Cloud has finished. */
export function createIntegration(
  brand: BrandStack,
  integrations: OpenIntegrations,
  store: StoreGenesys,
  onCreated: (id: string) => void,
): Change {
  const name = integrationName(brand);
  return {
    text: `create the open messaging integration "${name}" in Genesys Cloud with a new webhook secret, and ${describeStore("both and the OAuth client", brand)}`,
    async apply() {
      const secret = newWebhookSecret();
      const { id } = await integrations.create({ name, url: brand.genesysWebhook, secret });
      // Stored before anything can fail: set-up can find the integration again, but not its secret.
      await store({ integrationId: id, webhookSecret: secret });
      onCreated(id);
      await integrations.completed(id);
    },
  };
}

/** The changes that make an integration call the brand's webhook with a secret that the bridge knows. */
export function updateIntegration(
  brand: BrandStack,
  existing: OpenIntegration,
  stored: Record<string, string | undefined>,
  {
    integrations,
    store,
    storeClient,
  }: { integrations: OpenIntegrations; store: StoreGenesys; storeClient: Change[] },
): Change[] {
  const webhookSecret = stored.webhookSecret ?? newWebhookSecret();
  const isKnown = stored.integrationId === existing.id && stored.webhookSecret !== undefined;
  // Genesys Cloud does not repeat a webhook that got a 401, so the bridge must know the secret first.
  const changes: Change[] = isKnown
    ? [...storeClient]
    : [
        {
          text: describeStore("the integration's id, a webhook secret and the OAuth client", brand),
          apply: () => store({ integrationId: existing.id, webhookSecret }),
        },
      ];
  const { wanted, differences } = compare(existing, {
    url: brand.genesysWebhook,
    secret: webhookSecret,
    isKnown,
  });
  if (differences.length > 0) {
    changes.push({
      text: `give the open messaging integration "${existing.name}" in Genesys Cloud ${differences.join(" and ")}`,
      apply: () => integrations.update(existing, wanted),
    });
  }
  if (existing.createStatus === "Initiated") {
    changes.push({
      text: `wait until Genesys Cloud has created the integration "${existing.name}"`,
      apply: () => integrations.completed(existing.id),
    });
  }
  return changes;
}

/** A secret that Genesys Cloud hides counts as the stored one only if it was stored for this integration. */
function compare(
  existing: OpenIntegration,
  { url, secret, isKnown }: { url: string; secret: string; isKnown: boolean },
) {
  const wanted: { url?: string; secret?: string } = {};
  const differences: string[] = [];
  const {
    outboundNotificationWebhookUrl: shownUrl,
    outboundNotificationWebhookSignatureSecretToken: shownSecret,
  } = existing;
  if (shownUrl !== url) {
    wanted.url = url;
    differences.push(`the webhook ${url} (now ${shownUrl || "none"})`);
  }
  if (isKnown ? showsOther(existing, secret) : shownSecret !== secret) {
    wanted.secret = secret;
    differences.push("the stored webhook secret");
  }
  return { wanted, differences };
}

function newWebhookSecret(): string {
  return randomBytes(WEBHOOK_SECRET_BYTES).toString("base64url");
}
