import type { SimulatorRequest } from "../simulator-server.ts";
import { mediaType, type TokenStore } from "../token-store.ts";
import type { LineChannel } from "./channel.ts";

/** LINE, Stateless channel access token: 15 minutes. */
export const LINE_TOKEN_SECONDS = 900;

/**
 * LINE Messaging API reference, Issue stateless channel access token, by channel id and secret.
 * Errors are 400 with `error` and `error_description`: OAuth's form, not that of LINE's other errors.
 */
export function issueStatelessToken(
  request: SimulatorRequest,
  channels: LineChannel[],
  tokens: TokenStore<LineChannel>,
): { channel?: LineChannel; status: number; body: object } {
  if (mediaType(request.headers) !== "application/x-www-form-urlencoded" || request.tooLarge) {
    return refused("invalid_request", "The body must be application/x-www-form-urlencoded.");
  }
  const form = new URLSearchParams(request.body.toString());
  const missing = ["grant_type", "client_id", "client_secret"].find((name) => !form.get(name));
  if (missing !== undefined) {
    return refused("invalid_request", `'${missing}' is missing.`);
  }
  if (form.get("grant_type") !== "client_credentials") {
    return refused("unsupported_grant_type", "Invalid 'grant_type'.");
  }
  const channel = channels.find(
    ({ channelId, channelSecret }) =>
      channelId === form.get("client_id") && channelSecret === form.get("client_secret"),
  );
  if (channel === undefined) {
    return refused("invalid_request", "Invalid 'client_credentials'.");
  }
  const access_token = tokens.issue(channel);
  return {
    channel,
    status: 200,
    body: { token_type: "Bearer", access_token, expires_in: LINE_TOKEN_SECONDS },
  };
}

function refused(error: string, error_description: string) {
  return { status: 400, body: { error, error_description } };
}
