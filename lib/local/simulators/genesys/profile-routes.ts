import * as z from "zod";
import type { GenesysAnswer, GenesysRoute } from "./api.ts";
import { listing } from "./listing.ts";
import { SETTING_PERMISSIONS, SUPPORTED_CONTENT_PERMISSIONS } from "./oauth-client.ts";
import type { Profile, ProfileStore } from "./profile-store.ts";
import { notFound, parseGenesysBody } from "./refusal.ts";

const MESSAGING = "/api/v2/conversations/messaging";

const mediaType = z.object({
  type: z.string().regex(/^(\*\/\*|[\w.+-]+\/(\*|[\w.+-]+))$/),
});
const mediaTypes = z.object({
  allow: z.object({ inbound: z.array(mediaType), outbound: z.array(mediaType) }).partial(),
});

const isOn = z.enum(["Enabled", "Disabled"]);
const event = z.object({
  typing: z.object({ on: z.object({ inbound: isOn, outbound: isOn }).partial() }).partial(),
});

const name = z.string().min(1);

/** Genesys Cloud Platform API, Conversations: the profiles that say what files people may send. */
export function supportedContentRoutes(store: ProfileStore): GenesysRoute[] {
  return profileRoutes(store, {
    path: `${MESSAGING}/supportedcontent`,
    what: "supported content",
    permissions: SUPPORTED_CONTENT_PERMISSIONS,
    body: z.object({ name, mediaTypes: mediaTypes.optional() }),
  });
}

/** Genesys Cloud Platform API, Conversations: the messaging settings, such as whether typing is told. */
export function messagingSettingRoutes(store: ProfileStore): GenesysRoute[] {
  return profileRoutes(store, {
    path: `${MESSAGING}/settings`,
    what: "messaging setting",
    permissions: SETTING_PERMISSIONS,
    body: z.object({ name, content: z.looseObject({}).optional(), event: event.optional() }),
  });
}

/** Both kinds have the same operations. A change replaces what it names and leaves the rest. */
function profileRoutes(
  store: ProfileStore,
  {
    path,
    what,
    permissions,
    body: schema,
  }: {
    path: string;
    /** For people who watch the local run. */
    what: string;
    permissions: { view: string; add: string; edit: string };
    body: z.ZodType<{ name: string }>;
  },
): GenesysRoute[] {
  const all = new RegExp(`^${path}$`);
  const one = new RegExp(`^${path}/([^/]+)$`);
  const find = (id = ""): Profile => {
    const profile = id === "default" ? store.standard() : store.find(id);
    if (profile === undefined) throw notFound();
    return profile;
  };
  const answer = (profile: Profile): GenesysAnswer => ({
    what,
    text: profile.name,
    body: { ...profile, selfUri: `${path}/${profile.id}` },
  });
  return [
    {
      method: "GET",
      path: all,
      permissions: [permissions.view],
      answer: ({ query }) => ({ what, body: listing(store.list(), path, query) }),
    },
    {
      method: "POST",
      path: all,
      permissions: [permissions.add],
      answer: ({ body }) => answer(store.add(parseGenesysBody(schema, body))),
    },
    {
      method: "GET",
      path: one,
      permissions: [permissions.view],
      answer: ({ parameters: [id] }) => answer(find(id)),
    },
    {
      method: "PATCH",
      path: one,
      permissions: [permissions.edit],
      answer: ({ parameters: [id], body }) =>
        answer(Object.assign(find(id), parseGenesysBody(schema, body))),
    },
  ];
}
