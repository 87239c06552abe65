import type { GenesysRoute } from "./api.ts";
import type { ArchitectFlow } from "./flow.ts";
import { listing } from "./listing.ts";
import { FLOW_PERMISSION } from "./oauth-client.ts";

const PATH = "/api/v2/flows";

/**
 * Genesys Cloud Platform API, Architect: the flows, by type and name. Letter case does not count in a name, and `*`
 * stands for any text.
 */
export function flowRoutes(flows: readonly ArchitectFlow[]): GenesysRoute[] {
  return [
    {
      method: "GET",
      path: new RegExp(`^${PATH}$`),
      permissions: [FLOW_PERMISSION],
      answer: ({ query }) => {
        const types = query.getAll("type");
        const name = query.get("name");
        const found = flows
          .filter(({ type }) => types.length === 0 || types.includes(type))
          .filter((flow) => name === null || patternOf(name).test(flow.name));
        return { what: "flows", body: listing(found.map(shown), PATH, query) };
      },
    },
  ];
}

function patternOf(name: string): RegExp {
  const escaped = name.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`, "i");
}

function shown({ id, name, type, isPublished }: ArchitectFlow) {
  return {
    id,
    name,
    type,
    active: isPublished,
    deleted: false,
    ...(isPublished && { publishedVersion: { id: "1.0", name: "1.0" } }),
    selfUri: `${PATH}/${id}`,
  };
}
