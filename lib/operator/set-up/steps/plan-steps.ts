import type { CallGenesys } from "../../platforms/genesys-api.ts";
import { MESSAGING_SETTING } from "../../platforms/messaging-setting.ts";
import type { OpenIntegrations } from "../../platforms/open-integrations.ts";
import { SUPPORTED_CONTENT } from "../../platforms/supported-content.ts";
import { byHand } from "./by-hand.ts";
import { planFlow } from "./flow-step.ts";
import { planIdentityResolution } from "./identity-step.ts";
import { planProfile } from "./profile-step.ts";
import type { Step } from "./step.ts";
import type { StepPlan } from "./step-plan.ts";
import type { TargetIntegration } from "./target-integration.ts";

/** What the operator and the market want of an integration besides its webhook. */
export interface Wishes {
  /** The name of an inbound message flow. */
  flow: string | undefined;
  /** Null leaves it as it is. */
  identityResolution: boolean | null;
}

/**
 * Plans all that an integration has besides its webhook. What Genesys Cloud does not let set-up see or do is left to
 * people. Throws UsageError for a flow that cannot be attached, and the errors of CallGenesys.
 */
export async function planSteps(
  target: TargetIntegration,
  brand: string,
  wishes: Wishes,
  genesys: { call: CallGenesys; integrations: OpenIntegrations },
): Promise<StepPlan> {
  const steps = byHand(`"${target.name}"`, brand);
  const plans = [
    await planProfile(target, SUPPORTED_CONTENT, steps.supportedContent, genesys),
    await planProfile(target, MESSAGING_SETTING, steps.typing, genesys),
    await planIdentityResolution(target, wishes.identityResolution, steps, genesys.call),
    await planFlow(target, wishes.flow, steps, genesys.call),
  ];
  return {
    changes: plans.flatMap(({ changes }) => changes),
    byHand: plans.flatMap((plan) => plan.byHand),
    notes: plans.flatMap(({ notes }) => notes),
  };
}

/** All of it for people, where set-up has no client to look with. */
export function stepsUnseen(
  integration: string,
  brand: string,
  { identityResolution }: Pick<Wishes, "identityResolution">,
): Step[] {
  const steps = byHand(`"${integration}"`, brand);
  return [
    steps.supportedContent,
    steps.typing,
    ...(identityResolution === null ? [] : [steps.identityResolution(identityResolution)]),
    steps.flow,
    steps.routing(undefined),
  ];
}
