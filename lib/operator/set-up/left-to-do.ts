import type { BrandStack } from "../market/stack.ts";
import type { LineAccount } from "../platforms/line-account.ts";
import { integrationName } from "./integration-changes.ts";

/** A step that no API can do. */
export interface Step {
  /** Whether it is known to be done; most steps cannot be seen from outside. */
  isDone: boolean;
  text: string;
}

/**
 * The steps for people in the platforms' consoles, by the names in those consoles. Genesys Cloud has two
 * menus; the newer one comes first.
 */
export async function leftToDo(brand: BrandStack, account: LineAccount): Promise<Step[]> {
  // Set-up is done, so a failure here must not look like its failure.
  const webhook = await account.webhook().catch(() => undefined);
  return [
    {
      isDone: webhook?.isActive ?? false,
      text: "LINE Developers Console > the channel > Messaging API: switch Use webhook on.",
    },
    {
      isDone: false,
      text: "LINE Developers Console > the channel > Messaging API: switch Webhook redelivery on. LINE then sends messages again that arrived while the bridge could not take them.",
    },
    {
      isDone: false,
      text: "LINE Official Account Manager > Settings > Response settings: switch Auto-response messages off.",
    },
    {
      isDone: false,
      text: "Genesys Cloud > Digital and Telephony > Message > Platform Integrations (Admin > Message > Platforms): give the integration a supported content profile that allows the files that agents send; the default one allows only .jpg, .png and .gif.",
    },
    {
      isDone: false,
      text: `Genesys Cloud > Architect: an inbound message flow with Get Participant Data for market and brand, then Transfer to ACD to the queue of ${brand.name}.`,
    },
    {
      isDone: false,
      text: `Genesys Cloud > Orchestration > Routing > Message Routing (Admin > Routing > Message Routing): route the integration (${integrationName(brand)}, unless you gave it another name) to that flow.`,
    },
    {
      isDone: false,
      text: "Genesys Cloud > IT and Integrations > OAuth (Admin > Integrations > OAuth): delete the client for set-up, or keep it for doctor. The bridge has not stored it.",
    },
  ];
}
