import * as z from "zod";
import { didYouMean } from "../../did-you-mean.ts";
import { UsageError } from "../errors.ts";
import type { CallGenesys } from "./genesys-api.ts";
import { listAll } from "./list-all.ts";
import { named } from "./named.ts";
import { PERMISSIONS } from "./permissions.ts";

const PATH = "/api/v2/flows";

/** The API's name of what Architect calls an inbound message flow. */
const TYPE = "inboundshortmessage";
/** How many names a message lists at most. */
const NAMES = 8;

const flowSchema = z.object({
  id: z.string(),
  name: z.string().default(""),
  type: z.string().default(""),
  publishedVersion: z.looseObject({}).nullish(),
});

/**
 * The published inbound message flow with this name. Throws UsageError, which says what to do, where there is none,
 * and MissingPermission and the errors of CallGenesys.
 */
export async function findFlow(
  call: CallGenesys,
  name: string,
): Promise<{ id: string; name: string }> {
  const list = (query: Record<string, string>) =>
    listAll(call, `${PATH}?${new URLSearchParams(query)}`, flowSchema, {
      doing: "list the flows",
      needed: [PERMISSIONS.flow.view],
    });
  const inbound = await list({ type: TYPE });
  const flow = named(inbound, name);
  if (flow === undefined) {
    const other = named(await list({ name }), name);
    throw new UsageError(
      other === undefined
        ? missing(name, inbound)
        : `--flow "${name}": this flow has the type ${other.type}; create an inbound message flow in Architect`,
    );
  }
  if (flow.publishedVersion == null) {
    throw new UsageError(`--flow "${name}": this flow is not published; publish it in Architect`);
  }
  return { id: flow.id, name: flow.name };
}

/** A client sees the flows of the divisions of its role alone. */
function missing(name: string, flows: readonly { name: string }[]): string {
  const names = flows.map((flow) => flow.name);
  const shown = names.slice(0, NAMES).map((one) => `"${one}"`);
  const more = names.length > NAMES ? ` and ${names.length - NAMES} more` : "";
  const there =
    names.length === 0
      ? "create one in Architect and publish it"
      : `${didYouMean(name, names)}there are ${shown.join(", ")}${more}`;
  return `--flow "${name}": the OAuth client for set-up sees no inbound message flow of this name in the divisions of its role; ${there}`;
}
