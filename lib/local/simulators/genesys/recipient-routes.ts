import * as z from "zod";
import type { GenesysAnswer, GenesysRoute } from "./api.ts";
import type { ArchitectFlow } from "./flow.ts";
import type { HeldIntegration, IntegrationStore } from "./integration-store.ts";
import { ROUTING_PERMISSION } from "./oauth-client.ts";
import { badRequest, notFound, parseGenesysBody } from "./refusal.ts";

const PATH = "/api/v2/routing/message/recipients";
const ONE = new RegExp(`^${PATH}/([^/]+)$`);

/** RecipientRequest. */
const request = z.object({ flow: z.object({ id: z.string() }).optional() });

/**
 * Genesys Cloud Platform API, Routing: which flow takes the messages of a recipient. An integration has one once its
 * creation is completed. Genesys does not document what it answers to a flow that is unknown or not published; here
 * that is 400.
 */
export function recipientRoutes(
  integrations: IntegrationStore,
  flows: readonly ArchitectFlow[],
): GenesysRoute[] {
  const find = (id = ""): HeldIntegration => {
    const held = integrations.list().find(({ recipientId }) => recipientId === id);
    if (held === undefined || integrations.statusOf(held) !== "Completed") throw notFound();
    return held;
  };
  const answer = (held: HeldIntegration): GenesysAnswer => {
    const { recipientId: id, flow, integration } = held;
    const { name, brandKey } = integration;
    return {
      what: "message routing",
      text: flow === undefined ? "no flow" : flow.name,
      brandKey,
      body: {
        id,
        name,
        messengerType: "open",
        ...(flow !== undefined && { flow: { id: flow.id, name: flow.name, type: flow.type } }),
        selfUri: `${PATH}/${id}`,
      },
    };
  };
  return [
    {
      method: "GET",
      path: ONE,
      permissions: [ROUTING_PERMISSION],
      answer: ({ parameters: [id] }) => answer(find(id)),
    },
    {
      method: "PUT",
      path: ONE,
      permissions: [ROUTING_PERMISSION],
      answer: ({ parameters: [id], body }) => {
        const held = find(id);
        const { flow } = parseGenesysBody(request, body);
        const named = flows.find((one) => one.id === flow?.id);
        const isUsable = named?.isPublished && named.type === "inboundshortmessage";
        if (flow !== undefined && !isUsable) {
          throw badRequest([{ errorCode: "bad.request", fieldName: "flow.id" }]);
        }
        held.flow = named;
        return answer(held);
      },
    },
  ];
}
