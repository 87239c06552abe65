import * as z from "zod";
import { PERMISSIONS } from "./permissions.ts";
import type { ProfileKind } from "./profiles.ts";

const on = z.looseObject({ inbound: z.string().nullish(), outbound: z.string().nullish() });

/** Keeps what this version does not know, such as the message types of bots, which the console offers. */
const schema = z.object({
  id: z.string(),
  name: z.string().default(""),
  event: z.looseObject({ typing: z.looseObject({ on: on.nullish() }).nullish() }).nullish(),
});

type MessagingSetting = z.output<typeof schema>;

/**
 * Messaging settings, which the console calls platform configuration profiles: whether Genesys Cloud tells that an
 * agent is typing. By default it does not. LINE tells nothing of a typing customer.
 * https://help.mypurecloud.com/articles/platform-configuration-profiles-overview/
 */
export const MESSAGING_SETTING: ProfileKind<MessagingSetting> = {
  noun: "platform configuration profile",
  path: "/api/v2/conversations/messaging/settings",
  schema,
  permissions: PERMISSIONS.messagingSetting,
  of: ({ messagingSetting }) => messagingSetting,
  attach: (id) => ({ messagingSetting: { id } }),
  own(existing) {
    const { event } = existing ?? {};
    const typing = event?.typing;
    const on = { inbound: "Disabled", ...typing?.on, outbound: "Enabled" };
    return { event: { ...event, typing: { ...typing, on } } };
  },
  caution:
    "the message types of bots count that are ticked in it, and no longer those of the other",
  faults: () => [],
  choices: ({ event }) =>
    event?.typing?.on?.outbound === "Enabled" ? [] : ["does not tell that an agent is typing"],
};
