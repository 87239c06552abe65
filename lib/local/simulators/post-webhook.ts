import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

/** `status` 0 stands for "no answer", with the reason. */
export type WebhookResult =
  | { status: number; reason?: undefined }
  | { status: 0; reason: "timeout" | "unreachable" | "closed" };

/**
 * POSTs exactly these bytes and headers, on a connection of its own, and reports the status of the
 * answer; its body is of no interest to LINE or Genesys. Never rejects.
 */
export function postWebhook(options: {
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  /** Until the answer's headers. */
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
        // Node's shared agent would keep the connection, and with it the receiving server, open.
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
