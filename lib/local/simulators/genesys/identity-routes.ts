import * as z from "zod";
import type { GenesysAnswer, GenesysRoute } from "./api.ts";
import type { HeldIntegration, IntegrationStore } from "./integration-store.ts";
import { IDENTITY_RESOLUTION_PERMISSIONS, INTEGRATION_PERMISSIONS } from "./oauth-client.ts";
import { notFound, parseGenesysBody } from "./refusal.ts";

const PATH = "/api/v2/conversations/messaging/identityresolution/integrations/open";
const ONE = new RegExp(`^${PATH}/([^/]+)$`);

const reference = z.object({ id: z.string().min(1) }).optional();

/** OpenMessagingIdentityResolutionConfig. */
const config = z.object({
  resolveIdentities: z.boolean(),
  division: reference,
  externalSource: reference,
});

/**
 * Genesys Cloud Platform API, Conversations: whether an integration's customers become external contacts. Kept,
 * without effect. A change replaces the whole.
 */
export function identityRoutes(integrations: IntegrationStore): GenesysRoute[] {
  const find = (id = ""): HeldIntegration => {
    const held = integrations.find(id);
    if (held === undefined) throw notFound();
    return held;
  };
  const answer = ({ identityResolution, integration }: HeldIntegration): GenesysAnswer => ({
    what: "identity resolution",
    text: identityResolution.resolveIdentities ? "on" : "off",
    brandKey: integration.brandKey,
    body: { ...identityResolution, selfUri: `${PATH}/${integration.integrationId}` },
  });
  return [
    {
      method: "GET",
      path: ONE,
      permissions: [INTEGRATION_PERMISSIONS.view, IDENTITY_RESOLUTION_PERMISSIONS.view],
      answer: ({ parameters: [id] }) => answer(find(id)),
    },
    {
      method: "PUT",
      path: ONE,
      permissions: [INTEGRATION_PERMISSIONS.edit, IDENTITY_RESOLUTION_PERMISSIONS.edit],
      answer: ({ parameters: [id], body }) => {
        const held = find(id);
        held.identityResolution = parseGenesysBody(config, body);
        return answer(held);
      },
    },
  ];
}
