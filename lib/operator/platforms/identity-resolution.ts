import * as z from "zod";
import type { CallGenesys } from "./genesys-api.ts";
import { parseAnswer } from "./parse-answer.ts";
import { PERMISSIONS } from "./permissions.ts";
import { isAccepted, refusedBy } from "./refusal.ts";

const PATH = "/api/v2/conversations/messaging/identityresolution/integrations/open";
const { integration, identityResolution } = PERMISSIONS;

const reference = z.object({ id: z.string() }).nullish();
const schema = z.object({
  /** Genesys's Terraform provider takes a missing value for true. */
  resolveIdentities: z.boolean().default(true),
  division: reference,
  /** Whose ids the customers' ids are; chosen in the console. */
  externalSource: reference,
});

/**
 * Whether Genesys Cloud makes the customers of an open integration external contacts. Every call throws
 * MissingPermission or OperatorError when it is refused, and the errors of CallGenesys.
 */
export interface IdentityResolution {
  get(integrationId: string): Promise<{ isOn: boolean; hasSource: boolean }>;
  /** Division and external source stay as they are. */
  turn(isOn: boolean, integrationId: string): Promise<void>;
}

export function createIdentityResolution(call: CallGenesys): IdentityResolution {
  const pathOf = (integrationId: string) => `${PATH}/${encodeURIComponent(integrationId)}`;
  async function read(integrationId: string) {
    const answer = await call("GET", pathOf(integrationId));
    if (answer.status !== 200) {
      const needed = [integration.view, identityResolution.view];
      throw refusedBy("read the identity resolution", needed, answer);
    }
    return parseAnswer("Genesys Cloud", schema, answer.body);
  }
  return {
    async get(integrationId) {
      const { resolveIdentities, externalSource } = await read(integrationId);
      return { isOn: resolveIdentities, hasSource: externalSource != null };
    },
    async turn(isOn, integrationId) {
      const { resolveIdentities, division, externalSource } = await read(integrationId);
      if (resolveIdentities === isOn) return;
      const answer = await call("PUT", pathOf(integrationId), {
        resolveIdentities: isOn,
        ...(division != null && { division }),
        ...(externalSource != null && { externalSource }),
      });
      if (!isAccepted(answer)) {
        const needed = [integration.edit, identityResolution.edit];
        throw refusedBy("change the identity resolution", needed, answer);
      }
    },
  };
}
