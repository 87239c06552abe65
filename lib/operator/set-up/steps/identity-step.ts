import type { CallGenesys } from "../../platforms/genesys-api.ts";
import { createIdentityResolution } from "../../platforms/identity-resolution.ts";
import type { Change } from "../change.ts";
import type { byHand } from "./by-hand.ts";
import { NOTHING, orByHand, type StepPlan } from "./step-plan.ts";
import type { TargetIntegration } from "./target-integration.ts";

/** Switches identity resolution as the market wants it; with null it stays as it is in Genesys Cloud. */
export async function planIdentityResolution(
  target: TargetIntegration,
  wanted: boolean | null,
  { identityResolution, externalSource }: ReturnType<typeof byHand>,
  call: CallGenesys,
): Promise<StepPlan> {
  if (wanted === null) return NOTHING;
  const step = identityResolution(wanted);
  const identities = createIdentityResolution(call);
  return orByHand(step, async () => {
    const { present } = target;
    const now = present && (await identities.get(present.id));
    // An external source is chosen by people, since only they know whose ids these are.
    const left = wanted && !now?.hasSource ? [externalSource] : [];
    if (now?.isOn === wanted) return { ...NOTHING, byHand: left };
    const change: Change = {
      text: `switch identity resolution ${wanted ? "on" : "off"} for the integration "${target.name}" in Genesys Cloud`,
      apply: async () => identities.turn(wanted, (await target.made()).id),
      byHand: step,
    };
    return { ...NOTHING, changes: [change], byHand: left };
  });
}
