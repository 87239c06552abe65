import * as z from "zod";
import { issueGenesysToken } from "../../../lambdas/shared/genesys/access-token.ts";
import type { BrandStack } from "../../../lib/operator/market/stack.ts";
import type { LocalMarket } from "./local-market.ts";

const PATH = "/api/v2/conversations/messaging/integrations/open";

const integrationSchema = z.object({
  id: z.string(),
  name: z.string(),
  outboundNotificationWebhookUrl: z.string(),
  outboundNotificationWebhookSignatureSecretToken: z.string(),
  createStatus: z.string(),
  dateModified: z.string(),
  supportedContent: z.object({ id: z.string() }),
  messagingSetting: z.object({ id: z.string() }),
  recipient: z.object({ id: z.string() }).optional(),
});
const anything = z.looseObject({ id: z.string().default(""), flow: z.looseObject({}).optional() });
const listing = z.object({ entities: z.array(integrationSchema) });

/** What an administrator does with open integrations in Genesys Cloud. */
export interface GenesysAdmin {
  /** All that call the brand's webhook. */
  integrationsOf(brand: BrandStack): Promise<z.infer<typeof integrationSchema>[]>;
  create(integration: object): Promise<string>;
  change(id: string, change: object): Promise<void>;
  remove(id: string): Promise<void>;
  /** Any request of the Platform API; resolves to the answer's body. */
  call(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ id: string; flow?: object | undefined }>;
}

export function genesysAdmin({ run, target, clock }: LocalMarket): GenesysAdmin {
  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await ask(method, path, body);
    if (answer.status === 429) {
      // All tests share the requests of a minute.
      await clock.sleep(60_000);
      return call(method, path, body);
    }
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return method === "DELETE" ? undefined : answer.json();
  }
  async function ask(method: string, path: string, body?: object): Promise<Response> {
    const { clientId = "", clientSecret = "" } = run.ready.provisioning ?? {};
    const client = { clientId, clientSecret };
    const { token } = await issueGenesysToken(
      target.platforms.genesysLogin,
      client,
      () => undefined,
    );
    return fetch(`${target.platforms.genesysApi}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
  return {
    async integrationsOf({ genesysWebhook }) {
      const { entities } = listing.parse(await call("GET", `${PATH}?pageSize=100`));
      return entities.filter((one) => one.outboundNotificationWebhookUrl === genesysWebhook);
    },
    create: async (integration) =>
      integrationSchema.parse(await call("POST", PATH, integration)).id,
    async change(id, change) {
      await call("PATCH", `${PATH}/${id}`, change);
    },
    async remove(id) {
      await call("DELETE", `${PATH}/${id}`);
    },
    call: async (...request) => anything.parse(await call(...request)),
  };
}
