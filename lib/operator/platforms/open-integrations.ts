import * as z from "zod";
import { OperatorError } from "../errors.ts";
import { type CallGenesys, refusedBy } from "./genesys-api.ts";
import { parseAnswer } from "./parse-answer.ts";

const PATH = "/api/v2/conversations/messaging/integrations/open";
const PAGE_SIZE = 100;
const POLL_MS = 2_000;
const POLL_TIMES = 60;

const integrationSchema = z.object({
  id: z.string(),
  name: z.string().default(""),
  outboundNotificationWebhookUrl: z.string().default(""),
  /** Genesys does not document whether it is shown, masked or left out. */
  outboundNotificationWebhookSignatureSecretToken: z.string().nullish(),
  createStatus: z.string().nullish(),
  createError: z.object({ message: z.string().nullish(), code: z.string().nullish() }).nullish(),
});

export type OpenIntegration = z.infer<typeof integrationSchema>;

const listing = z.object({
  entities: z.array(integrationSchema).nullish(),
  pageCount: z.number().nullish(),
});

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
  update(
    { id, name }: { id: string; name: string },
    change: { url?: string; secret?: string },
  ): Promise<void>;
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
    if (answer.status !== 200) throw missingPermission("View", "read the integration", answer);
    return parseAnswer("Genesys Cloud", integrationSchema, answer.body);
  }

  async function page(pageNumber: number) {
    const answer = await call("GET", `${PATH}?pageSize=${PAGE_SIZE}&pageNumber=${pageNumber}`);
    if (answer.status !== 200) throw missingPermission("View", "list the integrations", answer);
    const { pageCount, ...page } = parseAnswer("Genesys Cloud", listing, answer.body);
    const entities = page.entities ?? [];
    const isLast = pageCount == null ? entities.length < PAGE_SIZE : pageNumber >= pageCount;
    return { entities, isLast };
  }

  return {
    get,
    async withWebhook(url) {
      const found: OpenIntegration[] = [];
      for (let number = 1; ; number += 1) {
        const { entities, isLast } = await page(number);
        found.push(...entities.filter((one) => one.outboundNotificationWebhookUrl === url));
        if (isLast) return found;
      }
    },
    async create({ name, url, secret }) {
      const answer = await call("POST", PATH, {
        name,
        outboundNotificationWebhookUrl: url,
        outboundNotificationWebhookSignatureSecretToken: secret,
      });
      if (!isAccepted(answer.status)) {
        throw missingPermission("Add", "create the integration", answer);
      }
      return parseAnswer("Genesys Cloud", integrationSchema, answer.body);
    },
    async update({ id, name }, { url, secret }) {
      const answer = await call("PATCH", `${PATH}/${encodeURIComponent(id)}`, {
        name,
        ...(url !== undefined && { outboundNotificationWebhookUrl: url }),
        ...(secret !== undefined && { outboundNotificationWebhookSignatureSecretToken: secret }),
      });
      if (!isAccepted(answer.status)) {
        throw missingPermission("Edit", "update the integration", answer);
      }
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

function isAccepted(status: number): boolean {
  return status >= 200 && status < 300;
}

function missingPermission(
  permission: "View" | "Add" | "Edit",
  doing: string,
  answer: Parameters<typeof refusedBy>[1],
): OperatorError {
  if (answer.status !== 403) return refusedBy(doing, answer);
  return new OperatorError(
    `Genesys Cloud refused to ${doing} with 403: give the role of the OAuth client for set-up the permission Messaging > Integration > ${permission}.`,
  );
}
