import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

/** `status` is 0 when there was no answer; `reason` says why. */
export type WebhookResult =
  | { status: number; reason?: undefined }
  | { status: 0; reason: "timeout" | "unreachable" | "closed" };

/**
 * POSTs exactly these bytes and headers, on a connection of its own, and reports the status of the
 * answer; LINE and Genesys do not read its body. Never rejects.
 */
export function postWebhook(options: {
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  /** Time until the answer's headers. */
  timeoutMilliseconds: number;
  /** Aborted when the simulator closes. */
  closing: AbortSignal;
}): Promise<WebhookResult> {
  const timeout = AbortSignal.timeout(options.timeoutMilliseconds);
  const send = options.url.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const failed = () => {
      const reason = options.closing.aborted
        ? "closed"
        : timeout.aborted
          ? "timeout"
          : "unreachable";
      resolve({ status: 0, reason });
    };
    try {
      const outgoing = send(options.url, {
        method: "POST",
        // Node's shared agent would keep the connection open, and so the receiving server.
        agent: false,
        headers: { ...options.headers, "content-length": String(options.body.length) },
        signal: AbortSignal.any([timeout, options.closing]),
      });
      outgoing.on("error", failed);
      outgoing.on("response", (response) => {
        response.on("error", () => {});
        response.resume();
        resolve({ status: response.statusCode ?? 0 });
      });
      outgoing.end(options.body);
    } catch {
      failed();
    }
  });
}
