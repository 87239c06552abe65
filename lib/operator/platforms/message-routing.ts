import * as z from "zod";
import type { CallGenesys } from "./genesys-api.ts";
import { parseAnswer } from "./parse-answer.ts";
import { PERMISSIONS } from "./permissions.ts";
import { isAccepted, refusedBy } from "./refusal.ts";

const PATH = "/api/v2/routing/message/recipients";
const NEEDED = [PERMISSIONS.messageRouting.manage];

const recipient = z.object({
  flow: z.object({ id: z.string(), name: z.string().nullish() }).nullish(),
});

/**
 * Which flow takes the messages of an integration, by the id of its recipient. Every call throws MissingPermission or
 * OperatorError when it is refused, and the errors of CallGenesys.
 */
export interface MessageRouting {
  /** Undefined if there is none: then messages are accepted and reach nobody. */
  flowOf(recipientId: string): Promise<{ id: string; name: string } | undefined>;
  route(recipientId: string, flow: { id: string }): Promise<void>;
}

export function createMessageRouting(call: CallGenesys): MessageRouting {
  return {
    async flowOf(recipientId) {
      const answer = await call("GET", `${PATH}/${encodeURIComponent(recipientId)}`);
      if (answer.status !== 200) throw refusedBy("read the message routing", NEEDED, answer);
      const { flow } = parseAnswer("Genesys Cloud", recipient, answer.body);
      return flow == null ? undefined : { id: flow.id, name: flow.name ?? flow.id };
    },
    async route(recipientId, { id }) {
      const path = `${PATH}/${encodeURIComponent(recipientId)}`;
      const answer = await call("PUT", path, { flow: { id } });
      if (!isAccepted(answer)) throw refusedBy("change the message routing", NEEDED, answer);
    },
  };
}
