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

/** A function reads a secret again for a wrong signature once in 30 s: after that all know the stored one. */
const UNTIL_KNOWN_MS = 31_000;

/**
 * The changes that make an integration call the brand's webhook with a secret that the bridge knows. `isUnsure`: the
 * stored secret may not have reached an integration that does not show it. `renewsSecret` stores another one, unless
 * the stored one has not reached the integration yet: an earlier run has ended there.
 */
export function updateIntegration(
  brand: BrandStack,
  existing: OpenIntegration,
  stored: Record<string, string>,
  {
    integrations,
    store,
    storeClient,
    isUnsure,
    renewsSecret,
    sleep,
  }: {
    integrations: OpenIntegrations;
    store: StoreGenesys;
    storeClient: Change[];
    isUnsure: boolean;
    renewsSecret: boolean;
    sleep(ms: number): Promise<void>;
  },
): Change[] {
  const hasStored = stored.integrationId === existing.id && stored.webhookSecret !== undefined;
  const isPending = isUnsure || showsOther(existing, stored.webhookSecret ?? "");
  const isRenewed = renewsSecret && hasStored && !isPending;
  const webhookSecret = (isRenewed ? undefined : stored.webhookSecret) ?? newWebhookSecret();
  const isKnown = hasStored && !isRenewed;
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
    isGiven: isKnown && !isPending,
  });
  if (differences.length > 0) {
    const later = isRenewed ? ", half a minute later, when every function knows it" : "";
    changes.push({
      text: `give the open messaging integration "${existing.name}" in Genesys Cloud ${differences.join(" and ")}${later}`,
      async apply() {
        if (isRenewed) await sleep(UNTIL_KNOWN_MS);
        await integrations.update(existing, wanted);
      },
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

/** `isGiven`: the integration has the secret, as far as anybody knows. */
function compare(
  existing: OpenIntegration,
  { url, secret, isGiven }: { url: string; secret: string; isGiven: boolean },
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
  if (!isGiven && shownSecret !== secret) {
    wanted.secret = secret;
    differences.push("the stored webhook secret");
  }
  return { wanted, differences };
}

function newWebhookSecret(): string {
  return randomBytes(WEBHOOK_SECRET_BYTES).toString("base64url");
}
