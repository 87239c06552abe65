import { named } from "./named.ts";
import type { OpenIntegration } from "./open-integrations.ts";
import { BRIDGE_PROFILE, type Profile, type ProfileKind, type Profiles } from "./profiles.ts";

interface ProfileFound<Own extends Profile> {
  /** Undefined where neither the integration nor the organisation has one. */
  profile: Own | undefined;
  /** Who has made it: set-up, Genesys Cloud or the organisation for all integrations, or people for this one. */
  maker: "bridge" | "default" | "people";
  /** What set-up has made, attached or not. */
  own: Own | undefined;
}

/** The profile that applies to an integration; without an integration the one that a new integration gets. */
export async function profileOf<Own extends Profile>(
  integration: OpenIntegration | undefined,
  kind: ProfileKind<Own>,
  profiles: Profiles<Own>,
): Promise<ProfileFound<Own>> {
  const [all, standard] = [await profiles.all(), await profiles.standard()];
  const attached = (integration && kind.of(integration)?.id) ?? standard?.id;
  const isStandard = attached === standard?.id;
  const listed = all.find(({ id }) => id === attached) ?? (isStandard ? standard : undefined);
  // One that is not listed must not be taken for none: people may have attached it.
  const profile = listed ?? (attached === undefined ? undefined : await profiles.get(attached));
  const own = named(all, BRIDGE_PROFILE);
  const isOwn = profile !== undefined && named([profile], BRIDGE_PROFILE) !== undefined;
  if (isOwn) return { profile, maker: "bridge", own: profile };
  return { profile, maker: profile === undefined || isStandard ? "default" : "people", own };
}
