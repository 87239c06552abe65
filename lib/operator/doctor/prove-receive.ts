import type { CallGenesys } from "../platforms/genesys-api.ts";
import { Wrong } from "./examination.ts";

/**
 * Proves that a client may hand over inbound messages. Posts an event that says nothing, so that nothing
 * arrives anywhere: Genesys Cloud has to refuse its body, and refuses the client or the integration
 * instead where these are wrong. In which order it looks is not documented; a client without the
 * permission that is told 400 shows at the first message, as an alarm. Throws Wrong where it may not;
 * `setUp` is the command that mends the integration.
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
      "the OAuth client may not hand over messages",
      "Give its role the permission Conversation > Message > Receive.",
    );
  }
  if (status === 404) {
    throw new Wrong(
      "Genesys Cloud knows no integration with the stored id",
      `Create it again: ${setUp}`,
    );
  }
  throw new Wrong(`Genesys Cloud answered ${status}, which is not expected`, "Try again later.");
}
