import { randomUUID } from "node:crypto";
import type { ArchitectFlow } from "./flow.ts";
import type { MessagingIntegration } from "./integration.ts";

/** What the creator of an integration sets besides name and secret; kept and returned unchanged. */
interface IntegrationSettings {
  webhookHeaders?: Record<string, string> | undefined;
  supportedContent?: { id: string } | undefined;
  messagingSetting?: { id: string } | undefined;
}

export interface CreateError {
  code: string;
  message: string;
}

interface IdentityResolution {
  resolveIdentities: boolean;
  division?: { id: string } | undefined;
  externalSource?: { id: string } | undefined;
}

/** An integration with what Genesys Cloud knows about it. */
export interface HeldIntegration {
  integration: MessagingIntegration;
  /** By it a flow is attached. Genesys does not say that it is the integration's id. */
  recipientId: string;
  /** The flow that takes its messages. Without one they are accepted and end nowhere. */
  flow: ArchitectFlow | undefined;
  /** On from the start, in no division, as Genesys's Terraform provider has it. */
  identityResolution: IdentityResolution;
  /** `outboundNotificationWebhookUrl`; undefined until it is set. */
  webhookUrl: string | undefined;
  settings: IntegrationSettings;
  /** Milliseconds since 1970. */
  createdAt: number;
  modifiedAt: number;
  /** When its creation ends, with the error if there is one. */
  settledAt: number;
  createError: CreateError | undefined;
}

export interface IntegrationStore {
  /** In order of creation, whether it succeeded or not. */
  list(): HeldIntegration[];
  find(integrationId: string): HeldIntegration | undefined;
  statusOf(held: HeldIntegration): "Initiated" | "Completed" | "Error";
  /** The brand's newest integration whose creation is completed. */
  ofBrand(brandKey: string): HeldIntegration | undefined;
  add(
    integration: MessagingIntegration,
    webhookUrl: string,
    settings: IntegrationSettings,
  ): HeldIntegration;
  remove(held: HeldIntegration): void;
  /** The next integration that is added ends with this error. */
  failNext(error: CreateError): void;
}

/** The open integrations of the organisation; those of `seed` exist from the start. */
export function createIntegrationStore(options: {
  seed: MessagingIntegration[];
  /** What is attached to those. */
  seedWith: Pick<IntegrationSettings, "supportedContent" | "messagingSetting"> & {
    flow: ArchitectFlow | undefined;
  };
  /** What an integration gets that names none. */
  standard: { supportedContent: { id: string }; messagingSetting: { id: string } };
  /** How long a creation takes. */
  creationMilliseconds: number;
  now: () => number;
}): IntegrationStore {
  const { now, standard } = options;
  let failure: CreateError | undefined;
  const hold = (
    integration: MessagingIntegration,
    webhookUrl: string | undefined,
    settings: IntegrationSettings,
    milliseconds: number,
    createError?: CreateError,
  ): HeldIntegration => {
    const at = now();
    const settledAt = at + milliseconds;
    return {
      integration,
      recipientId: randomUUID(),
      flow: undefined,
      identityResolution: { resolveIdentities: true },
      webhookUrl,
      settings: {
        ...settings,
        supportedContent: settings.supportedContent ?? standard.supportedContent,
        messagingSetting: settings.messagingSetting ?? standard.messagingSetting,
      },
      createdAt: at,
      modifiedAt: at,
      settledAt,
      createError,
    };
  };
  // Counts as completed by any clock, also one that a test sets back.
  const { flow, ...profiles } = options.seedWith;
  const all = options.seed.map((integration) => ({
    ...hold(integration, undefined, profiles, Number.NEGATIVE_INFINITY),
    flow,
  }));

  const statusOf: IntegrationStore["statusOf"] = ({ settledAt, createError }) => {
    if (now() < settledAt) return "Initiated";
    return createError === undefined ? "Completed" : "Error";
  };

  return {
    list: () => [...all],
    find: (id) => all.find(({ integration }) => integration.integrationId === id),
    statusOf,
    ofBrand: (brandKey) =>
      all.findLast(
        (held) => held.integration.brandKey === brandKey && statusOf(held) === "Completed",
      ),
    add(integration, webhookUrl, settings) {
      const held = hold(integration, webhookUrl, settings, options.creationMilliseconds, failure);
      failure = undefined;
      all.push(held);
      return held;
    },
    remove: (held) => void all.splice(all.indexOf(held), 1),
    failNext(error) {
      failure = error;
    },
  };
}
