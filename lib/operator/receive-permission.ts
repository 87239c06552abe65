import type { CallGenesys } from "./genesys-api.ts";

/** What the bridge's OAuth client may do at an integration. */
export type ReceiveAccess = "allowed" | "no permission" | "no integration" | "unclear";

/**
 * Whether a client may hand over inbound messages. Posts an event that says nothing, so that nothing
 * arrives anywhere: Genesys Cloud has to refuse its body, and refuses the client or the integration
 * instead where these are wrong. In which order it looks is not documented; a client without the
 * permission that is told 400 shows at the first message, as an alarm.
 */
export async function receiveAccess(
  call: CallGenesys,
  integrationId: string,
): Promise<ReceiveAccess> {
  const path = `/api/v2/conversations/messages/${encodeURIComponent(integrationId)}/inbound/open/event`;
  const { status } = await call("POST", path, {});
  if (status === 400 || status < 300) return "allowed";
  if (status === 403) return "no permission";
  return status === 404 ? "no integration" : "unclear";
}
