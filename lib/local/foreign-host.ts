import type { IncomingMessage, ServerResponse } from "node:http";

const THIS_MACHINE = /^(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9-]+\.)*localhost)(?::\d+)?$/i;

/**
 * Answers 421 to a request for another host than this machine, and says whether it did. A page in a browser
 * can have its own name lead to 127.0.0.1 (DNS rebinding), and would read here what is nobody's business.
 */
export function refuseForeignHost(
  { headers }: Pick<IncomingMessage, "headers">,
  response: ServerResponse,
): boolean {
  if (THIS_MACHINE.test(headers.host ?? "")) return false;
  response.writeHead(421, { "content-type": "application/json" });
  response.end(
    JSON.stringify({
      message: "Host: only requests for 127.0.0.1 and localhost are answered here",
    }),
  );
  return true;
}
