import type { LineAccount } from "../platforms/line-account.ts";
import type { Step } from "./steps/step.ts";

/**
 * The steps for people in the platforms' consoles, by the names in those consoles; `genesys` are those of the
 * integration. Genesys Cloud has two menus; the newer one comes first.
 */
export async function leftToDo(account: LineAccount, genesys: readonly Step[]): Promise<Step[]> {
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
    ...genesys,
    {
      isDone: false,
      text: "Genesys Cloud > Digital and Telephony > Message > Platform Configs (Admin > Message > Platform Configs): if bots answer, tick the message types of Open Rich Media that they send, in the platform configuration profile of the integration. No API does it.",
    },
    {
      isDone: false,
      text: "Genesys Cloud > User Management > Roles and Permissions (Admin > People & Permissions): agents need Messaging > Integration > View and Messaging > Supported Content > View; otherwise they can choose files that are then not sent.",
    },
    {
      isDone: false,
      text: "Genesys Cloud > IT and Integrations > OAuth (Admin > Integrations > OAuth): delete the client for set-up, or keep it for doctor. The bridge has not stored it.",
    },
  ];
}
