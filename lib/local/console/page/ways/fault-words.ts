import type { Fault } from "../../fault-names.ts";

/** A fault as the page names it, and what will be seen. */
interface FaultWords {
  fault: Fault;
  name: string;
  seen: string;
}

/** Where the faults happen, by the names that the console has for the platforms. */
export const FAULT_GROUPS: {
  where: "LINE" | "Genesys Cloud" | "The bridge";
  faults: FaultWords[];
}[] = [
  {
    where: "LINE",
    faults: [
      {
        fault: "line-503",
        name: "LINE answers 503",
        seen: "Agents' messages are tried again and wait, and arrive when it is off.",
      },
      {
        fault: "line-quota",
        name: "Monthly limit used up",
        seen: "LINE answers pushes 429. The bridge replies where it has a reply token. Otherwise the message is parked, and the agent sees it fail.",
      },
      {
        fault: "line-duplicate",
        name: "Webhooks come twice",
        seen: "LINE gets no answer and sends each webhook again. The message arrives once.",
      },
      {
        fault: "line-late",
        name: "Webhooks come late",
        seen: "Two requests are lost; the next one brings the message after 4 s, behind newer ones.",
      },
      {
        fault: "line-signature",
        name: "Wrong signature",
        seen: "The webhook answers 401 and takes nothing. When it is off, LINE sends the message again.",
      },
    ],
  },
  {
    where: "Genesys Cloud",
    faults: [
      {
        fault: "genesys-503",
        name: "Genesys answers 503",
        seen: "Customers' messages are tried again and wait, and arrive in order when it is off.",
      },
      {
        fault: "genesys-429",
        name: "Genesys answers 429",
        seen: "With Retry-After: 5. The worker waits for 5 s.",
      },
      {
        fault: "genesys-slow",
        name: "Genesys takes 5 s",
        seen: "The message stays in flight for 5 s, then it arrives.",
      },
    ],
  },
  {
    where: "The bridge",
    faults: [
      {
        fault: "worker-killed",
        name: "Worker killed at its next message, once",
        seen: "The message comes back to the queue after 90 s and goes to a new worker.",
      },
      {
        fault: "worker-stopped",
        name: "Worker stopped",
        seen: "Customers' messages wait in the queue, and arrive when it is off.",
      },
    ],
  },
];
