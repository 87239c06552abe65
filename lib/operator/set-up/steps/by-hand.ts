import type { Step } from "./step.ts";

const PLATFORMS =
  "Genesys Cloud > Digital and Telephony > Message > Platform Integrations (Admin > Message > Platforms)";

/** The parts of an integration that set-up can do where it may, and people else. */
interface ByHand {
  supportedContent: Step;
  typing: Step;
  flow: Step;
  routing(flow: string | undefined): Step;
  identityResolution(isOn: boolean): Step;
  externalSource: Step;
}

/**
 * What people do for an integration in Genesys Cloud's console, by the names in it. Genesys Cloud has two menus; the
 * newer one comes first.
 */
export function byHand(integration: string, brand: string): ByHand {
  const step = (text: string): Step => ({ isDone: false, text });
  const identities =
    "Genesys Cloud > Contacts > Identity Resolution (Admin > Directory > Identity Resolution) > Messaging Platforms > Open Messaging";
  return {
    supportedContent: step(
      `${PLATFORMS}: give the integration ${integration} a supported content profile that allows the files that customers and agents send; the default one lets agents send only .jpg, .png and .gif.`,
    ),
    typing: step(
      `${PLATFORMS}: give the integration ${integration} a platform configuration profile with Typing Indicator - Outbound; LINE then shows that an agent is typing.`,
    ),
    flow: step(
      `Genesys Cloud > Architect: an inbound message flow with Get Participant Data for market and brand, then Transfer to ACD to the queue of ${brand}.`,
    ),
    routing: (flow) => {
      const where =
        flow === undefined ? "that flow, or give set-up its name (--flow)" : `"${flow}"`;
      return step(
        `Genesys Cloud > Orchestration > Routing > Message Routing (Admin > Routing > Message Routing): route the integration ${integration} to ${where}. Without a flow messages end nowhere.`,
      );
    },
    identityResolution: (isOn) =>
      step(
        `${identities}: switch Identity Resolution ${isOn ? "on" : "off"} for the integration ${integration}.`,
      ),
    externalSource: step(
      `${identities}: choose an external source for the integration ${integration}; by it Genesys Cloud knows whose ids LINE user ids are.`,
    ),
  };
}
