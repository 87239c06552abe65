import { OperatorError } from "../../errors.ts";
import type { CallGenesys } from "../../platforms/genesys-api.ts";
import type { OpenIntegrations } from "../../platforms/open-integrations.ts";
import { profileOf } from "../../platforms/profile-of.ts";
import {
  BRIDGE_PROFILE,
  createProfiles,
  type Profile,
  type ProfileKind,
} from "../../platforms/profiles.ts";
import type { Change } from "../change.ts";
import { leftBy, type Step } from "./step.ts";
import { NOTHING, orByHand, type StepPlan } from "./step-plan.ts";
import type { TargetIntegration } from "./target-integration.ts";

/**
 * Sees to it that the profile of an integration does what the bridge needs. Where the organisation's default does
 * not, the integration gets the bridge's own; the default stays as it is, because other channels have it, too. What
 * people have attached stays, and set-up says what it lacks.
 */
export function planProfile<Own extends Profile>(
  target: TargetIntegration,
  kind: ProfileKind<Own>,
  step: Step,
  { call, integrations }: { call: CallGenesys; integrations: OpenIntegrations },
): Promise<StepPlan> {
  const profiles = createProfiles(call, kind);
  return orByHand(step, async () => {
    const { profile, maker, own } = await profileOf(target.present, kind, profiles);
    const faults = profile === undefined ? [] : kind.faults(profile);
    const choices = profile === undefined ? [] : kind.choices(profile);
    if (profile !== undefined && faults.length + choices.length === 0) return NOTHING;
    const { noun } = kind;
    const called = `the ${noun} "${profile?.name}"`;
    if (maker === "people") {
      const notes = choices.map(
        (what) => `The integration "${target.name}" keeps ${called}, which ${what}.`,
      );
      const reason = new OperatorError(`Now it has ${called}, which ${faults.join(" and ")}.`);
      return { changes: [], byHand: faults.length > 0 ? [leftBy(step, reason)] : [], notes };
    }
    if (maker === "bridge" && profile !== undefined) {
      const change: Change = {
        text: `repair ${called} in Genesys Cloud, which ${[...faults, ...choices].join(" and ")}`,
        apply: () => profiles.repair(profile),
        byHand: step,
      };
      return { ...NOTHING, changes: [change] };
    }
    const now = profile === undefined ? "none" : `the default one, "${profile.name}"`;
    const isWhole = own !== undefined && kind.faults(own).length + kind.choices(own).length === 0;
    const making = own === undefined ? "create" : isWhole ? "take" : "repair";
    // Bots may be using what is ticked in the one that it has.
    const caution = target.present && kind.caution ? `; ${kind.caution}` : "";
    const change: Change = {
      text: `${making} the ${noun} "${own?.name ?? BRIDGE_PROFILE}" in Genesys Cloud and give it to the integration "${target.name}" (now ${now})${caution}`,
      async apply() {
        const integration = await target.made();
        const { id } = own ?? (await profiles.create());
        if (own !== undefined && !isWhole) await profiles.repair(own);
        await integrations.update(integration, kind.attach(id));
      },
      byHand: step,
    };
    return { ...NOTHING, changes: [change] };
  });
}
