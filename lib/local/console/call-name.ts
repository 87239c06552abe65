import type { SimulatorRequest } from "../simulators/simulator-server.ts";
import type { Call } from "./watch-calls.ts";

/** What a call is about, in the words of the requests at the foot of the page, and the id in its path. */
export interface CallName {
  name: string;
  id?: string | undefined;
}

const NAMES: [to: Call["to"], route: RegExp, name: string][] = [
  ["LINE", /^POST \/v2\/bot\/message\/push$/, "push"],
  ["LINE", /^POST \/v2\/bot\/message\/reply$/, "reply"],
  ["LINE", /^POST \/v2\/bot\/chat\/loading\/start$/, "loading animation"],
  ["LINE", /^POST \/v2\/bot\/chat\/markAsRead$/, "read mark"],
  ["LINE", /^GET \/v2\/bot\/message\/([^/]+)\/content(?:\/transcoding|\/preview)?$/, "content"],
  ["Genesys", /^POST .*\/inbound\/open\/message$/, "message"],
  ["Genesys", /^POST .*\/inbound\/open\/receipt$/, "receipt"],
  ["Genesys", /^POST .*\/inbound\/open\/structured\/response$/, "structured response"],
  ["Genesys", /^GET \/(?:api\/v2\/downloads|signed)\/([^/]+)$/, "download"],
];

/** A path that names no message stands for itself. */
export function callName(
  to: Call["to"],
  { method, path, body }: Pick<SimulatorRequest, "method" | "path" | "body">,
): CallName {
  const route = `${method} ${path}`;
  // The deprecated endpoint takes both.
  if (to === "Genesys" && route.endsWith("/messages/inbound/open")) {
    return { name: body.includes('"type":"Receipt"') ? "receipt" : "message" };
  }
  for (const [platform, pattern, name] of NAMES) {
    const match = platform === to && pattern.exec(route);
    if (match) return { name, id: match[1] };
  }
  return { name: route };
}
