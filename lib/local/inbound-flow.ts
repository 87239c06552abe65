import type { ArchitectFlow } from "./simulators/genesys/flow.ts";

/** The inbound message flow that somebody has published in the simulated Genesys Cloud; set-up can attach it. */
export const INBOUND_FLOW: ArchitectFlow = {
  id: "6f4a3c1e-5d0b-4b57-9d3f-2f1c7a0e8b11",
  name: "LINE inbound",
  type: "inboundshortmessage",
  isPublished: true,
};
