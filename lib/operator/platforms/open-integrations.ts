import * as z from "zod";
import { OperatorError } from "../errors.ts";
import type { CallGenesys } from "./genesys-api.ts";
import { listAll } from "./list-all.ts";
import { parseAnswer } from "./parse-answer.ts";
import { PERMISSIONS } from "./permissions.ts";
import { isAccepted, refusedBy } from "./refusal.ts";

const PATH = "/api/v2/conversations/messaging/integrations/open";
const POLL_MS = 2_000;
const POLL_TIMES = 60;

const { view: VIEW, add: ADD, edit: EDIT } = PERMISSIONS.integration;

const reference = z.object({ id: z.string(), name: z.string().nullish() }).nullish();

const integrationSchema = z.object({
  id: z.string(),
  name: z.string().default(""),
  outboundNotificationWebhookUrl: z.string().default(""),
  /** Genesys does not document whether it is shown, masked or left out. */
  outboundNotificationWebhookSignatureSecretToken: z.string().nullish(),
  /** Genesys Cloud gives an integration that names none the organisation's default. */
  supportedContent: reference,
  messagingSetting: reference,
  /** By it a flow is attached; there is one once the creation is completed. */
  recipient: reference,
  createStatus: z.string().nullish(),
  createError: z.object({ message: z.string().nullish(), code: z.string().nullish() }).nullish(),
});

export type OpenIntegration = z.infer<typeof integrationSchema>;

/** What an update changes; what is left out stays as it is. */
export interface IntegrationChange {
  url?: string;
  secret?: string;
  supportedContent?: { id: string };
  messagingSetting?: { id: string };
}

/**
 * The open messaging integrations, for an OAuth client with the permissions Messaging > Integration > View,
 * Add and Edit. Every call throws OperatorError when it is refused, and the errors of CallGenesys.
 * https://developer.genesys.cloud/commdigital/digital/openmessaging/
 */
export interface OpenIntegrations {
  /** Undefined if there is none with this id. */
  get(id: string): Promise<OpenIntegration | undefined>;
  withWebhook(url: string): Promise<OpenIntegration[]>;
  /** Genesys Cloud is still creating it when this resolves: see `completed`. */
  create(integration: { name: string; url: string; secret: string }): Promise<OpenIntegration>;
  update({ id, name }: { id: string; name: string }, change: IntegrationChange): Promise<void>;
  /** Resolves when Genesys Cloud has finished creating it, within two minutes. */
  completed(id: string): Promise<void>;
}

export function createOpenIntegrations(
  call: CallGenesys,
  sleep: (ms: number) => Promise<void>,
): OpenIntegrations {
  async function get(id: string): Promise<OpenIntegration | undefined> {
    const answer = await call("GET", `${PATH}/${encodeURIComponent(id)}`);
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw refusedBy("read the integration", [VIEW], answer);
    return parseAnswer("Genesys Cloud", integrationSchema, answer.body);
  }

  return {
    get,
    async withWebhook(url) {
      const all = await listAll(call, PATH, integrationSchema, {
        doing: "list the integrations",
        needed: [VIEW],
      });
      return all.filter((one) => one.outboundNotificationWebhookUrl === url);
    },
    async create({ name, url, secret }) {
      const answer = await call("POST", PATH, {
        name,
        outboundNotificationWebhookUrl: url,
        outboundNotificationWebhookSignatureSecretToken: secret,
      });
      if (!isAccepted(answer)) throw refusedBy("create the integration", [ADD], answer);
      return parseAnswer("Genesys Cloud", integrationSchema, answer.body);
    },
    async update({ id, name }, { url, secret, ...profiles }) {
      const answer = await call("PATCH", `${PATH}/${encodeURIComponent(id)}`, {
        name,
        ...(url !== undefined && { outboundNotificationWebhookUrl: url }),
        ...(secret !== undefined && { outboundNotificationWebhookSignatureSecretToken: secret }),
        ...profiles,
      });
      if (!isAccepted(answer)) throw refusedBy("update the integration", [EDIT], answer);
    },
    async completed(id) {
      for (let tries = 0; tries < POLL_TIMES; tries += 1) {
        const integration = await get(id);
        // An integration without a status is completed.
        const status = integration?.createStatus ?? (integration && "Completed");
        if (status === "Completed") return;
        if (status === "Error") {
          const { code, message } = integration?.createError ?? {};
          throw new OperatorError(
            `Genesys Cloud could not create the integration (${[code, message].filter(Boolean).join(": ") || "no reason given"}). Delete it under Message > Platform Integrations (Admin > Message > Platforms) and run set-up again.`,
          );
        }
        await sleep(POLL_MS);
      }
      throw new OperatorError(
        "Genesys Cloud has not finished creating the integration within two minutes: run set-up again later.",
      );
    },
  };
}

/** Whether this is the integration's secret itself and not a mask. */
export function isShown(secret: string | null | undefined): secret is string {
  return typeof secret === "string" && secret.length > 15 && !secret.includes("*");
}

/** Whether Genesys Cloud shows another webhook secret; a masked one counts as the same. */
export function showsOther(
  { outboundNotificationWebhookSignatureSecretToken: shown }: OpenIntegration,
  webhookSecret: string,
): boolean {
  return isShown(shown) && shown !== webhookSecret;
}
