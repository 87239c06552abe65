import type { Origin } from "../../message-way.ts";

/** The directions as the page names them. */
export const DIRECTIONS = [
  { direction: "inbound", from: "LINE", name: "LINE → Genesys" },
  { direction: "outbound", from: "Genesys", name: "Genesys → LINE" },
] as const;

/** For example `LINE → Genesys`. */
export function directionName(from: Origin): string {
  return from === "LINE" ? "LINE → Genesys" : "Genesys → LINE";
}
