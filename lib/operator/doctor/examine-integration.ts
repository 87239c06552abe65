import { OperatorError } from "../errors.ts";
import type { CallGenesys } from "../platforms/genesys-api.ts";
import { createIdentityResolution } from "../platforms/identity-resolution.ts";
import { createMessageRouting } from "../platforms/message-routing.ts";
import { MESSAGING_SETTING } from "../platforms/messaging-setting.ts";
import type { OpenIntegration } from "../platforms/open-integrations.ts";
import { consoleName } from "../platforms/permissions.ts";
import { profileOf } from "../platforms/profile-of.ts";
import { createProfiles, type Profile, type ProfileKind } from "../platforms/profiles.ts";
import { MissingPermission } from "../platforms/refusal.ts";
import { SUPPORTED_CONTENT } from "../platforms/supported-content.ts";
import { type Examination, Skipped, Wrong } from "./examination.ts";

/** What the doctor looks at of an integration besides its webhook. */
export const INTEGRATION_CHECKS = [
  "Genesys flow",
  "Genesys supported content",
  "Genesys typing",
  "Genesys identity resolution",
] as const;

/** Checks what is attached to the brand's integration. A client that may not look is no fault of the market. */
export async function examineIntegration(
  integration: OpenIntegration,
  call: CallGenesys,
  wanted: { identityResolution: boolean | null; setUp: string },
  { check }: Examination,
): Promise<void> {
  const { setUp } = wanted;
  const [flow, content, typing, identities] = INTEGRATION_CHECKS;
  const look = (name: string, run: () => Promise<string>) =>
    check(name, "Try again later.", async () => ({
      detail: await ifPermitted(run),
      value: undefined,
    }));
  await look(flow, () => checkFlow(integration, call, setUp));
  await look(content, () => checkProfile(integration, SUPPORTED_CONTENT, call, setUp));
  await look(typing, () => checkProfile(integration, MESSAGING_SETTING, call, setUp));
  await look(identities, () => checkIdentities(integration, call, wanted));
}

async function checkFlow(
  { recipient }: OpenIntegration,
  call: CallGenesys,
  setUp: string,
): Promise<string> {
  if (recipient == null) throw new OperatorError("Genesys Cloud names no recipient.");
  const flow = await createMessageRouting(call).flowOf(recipient.id);
  if (flow !== undefined) return `"${flow.name}" gets the messages`;
  throw new Wrong(
    "no flow is attached to the integration: messages are accepted and end nowhere",
    `Attach a published inbound message flow: ${setUp} --flow <name>`,
  );
}

async function checkProfile<Own extends Profile>(
  integration: OpenIntegration,
  kind: ProfileKind<Own>,
  call: CallGenesys,
  setUp: string,
): Promise<string> {
  const { profile, maker } = await profileOf(integration, kind, createProfiles(call, kind));
  const faults = profile === undefined ? ["there is none"] : kind.faults(profile);
  const choices = profile === undefined ? [] : kind.choices(profile);
  const name = `the ${kind.noun} "${profile?.name ?? ""}"`;
  if (faults.length + choices.length === 0) return `${name} does what the bridge needs`;
  // What people have attached may be meant so, unless customers' messages get lost by it.
  const isMeant = maker === "people" && faults.length === 0;
  const detail = `${name} ${[...faults, ...choices].join(" and ")}`;
  if (isMeant) return `${detail}; somebody has attached it`;
  throw new Wrong(
    detail,
    maker === "people"
      ? `Change it in the console, or take it from the integration and run: ${setUp}`
      : `Let set-up attach its own: ${setUp}`,
  );
}

async function checkIdentities(
  { id }: OpenIntegration,
  call: CallGenesys,
  { identityResolution: wanted, setUp }: { identityResolution: boolean | null; setUp: string },
): Promise<string> {
  const { isOn, hasSource } = await createIdentityResolution(call).get(id);
  const source = isOn && !hasSource ? ", without an external source" : "";
  const detail = `${isOn ? "on" : "off"}${source}`;
  if (wanted === null) return `${detail} (cdk.json leaves it as it is)`;
  if (wanted === isOn) return detail;
  throw new Wrong(
    `it is ${isOn ? "on" : "off"}, and identityResolution in cdk.json is ${wanted}`,
    setUp,
  );
}

async function ifPermitted(run: () => Promise<string>): Promise<string> {
  return run().catch((error: unknown) => {
    if (!(error instanceof MissingPermission)) throw error;
    const names = error.permissions.map(consoleName).join(" and ");
    throw new Skipped(
      "the OAuth client for set-up may not look",
      `Give its role the permission ${names}.`,
    );
  });
}
