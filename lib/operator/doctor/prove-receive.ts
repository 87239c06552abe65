import type { CallGenesys } from "../platforms/genesys-api.ts";
import { Wrong } from "./examination.ts";

/**
 * Proves that a client may send inbound messages to Genesys Cloud. Posts an event with an empty body, so
 * that nothing arrives: Genesys Cloud has to refuse the body, or the client or the integration if these
 * are wrong. The order of its checks is not documented. If a client without the permission gets 400 here,
 * the first message shows it as an alarm. Throws Wrong if the client may not; `setUp` is the command that
 * fixes the integration.
 */
export async function proveReceive(
  call: CallGenesys,
  integrationId: string,
  setUp: string,
): Promise<void> {
  const path = `/api/v2/conversations/messages/${encodeURIComponent(integrationId)}/inbound/open/event`;
  const { status } = await call("POST", path, {});
  if (status === 400 || status < 300) return;
  if (status === 403) {
    throw new Wrong(
      "the OAuth client may not send inbound messages",
      "Give its role the permission Conversation > Message > Receive.",
    );
  }
  if (status === 404) {
    throw new Wrong(
      "Genesys Cloud has no integration with the stored id",
      `Create it again: ${setUp}`,
    );
  }
  throw new Wrong(`Genesys Cloud gave the unexpected answer ${status}`, "Try again later.");
}
