import type { OutboundMessage } from "../../simulators/genesys/outbound.ts";

/** What Genesys Cloud sends while an agent types. */
export const TYPING = {
  type: "Event",
  events: [{ eventType: "Typing", typing: { type: "On", duration: 5_000 } }],
} as const satisfies OutboundMessage;
