import type { BrandStack } from "../market/stack.ts";
import type { LineAccount } from "../platforms/line-account.ts";
import { integrationName } from "./integration-changes.ts";

/** Something that no API can do. */
export interface Step {
  /** Known to be done; what cannot be seen from outside is never known. */
  isDone: boolean;
  text: string;
}

/**
 * What people do in the platforms' own consoles, by the names that stand there. Of Genesys Cloud's two
 * menus the newer one comes first.
 */
export async function leftToDo(brand: BrandStack, account: LineAccount): Promise<Step[]> {
  // Everything else is done by now.
  const webhook = await account.webhook().catch(() => undefined);
  return [
    {
      isDone: webhook?.isActive ?? false,
      text: "LINE Developers Console > the channel > Messaging API: switch Use webhook on.",
    },
    {
      isDone: false,
      text: "LINE Developers Console > the channel > Messaging API: switch Webhook redelivery on. It brings messages back that arrived while the bridge could not take them.",
    },
    {
      isDone: false,
      text: "LINE Official Account Manager > Settings > Response settings: switch Auto-response messages off.",
    },
    {
      isDone: false,
      text: "Genesys Cloud > Digital and Telephony > Message > Platform Integrations (Admin > Message > Platforms): give the integration a supported content profile that allows what agents send; the default one allows .jpg, .png and .gif alone.",
    },
    {
      isDone: false,
      text: `Genesys Cloud > Architect: an inbound message flow with Get Participant Data for market and brand, then Transfer to ACD to the queue of ${brand.name}.`,
    },
    {
      isDone: false,
      text: `Genesys Cloud > Orchestration > Routing > Message Routing (Admin > Routing > Message Routing): route the integration (${integrationName(brand)}, unless you have named it otherwise) to that flow.`,
    },
    {
      isDone: false,
      text: "Genesys Cloud > IT and Integrations > OAuth (Admin > Integrations > OAuth): delete the client for set-up, or keep it for doctor. The bridge has not kept it.",
    },
  ];
}
