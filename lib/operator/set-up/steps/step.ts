import { OperatorError } from "../../errors.ts";
import { consoleName, type Permission } from "../../platforms/permissions.ts";
import { MissingPermission } from "../../platforms/refusal.ts";
import type { Change } from "../change.ts";

/** A step that is left to people. */
export interface Step {
  /** Whether it is known to be done; most steps cannot be seen from outside. */
  isDone: boolean;
  text: string;
  /** What the OAuth client for set-up would need to do it. */
  permissions?: readonly Permission[];
}

/** What set-up does for one part of an integration, what it leaves to people, and what else to say before. */
export interface StepPlan {
  changes: Change[];
  byHand: Step[];
  notes: string[];
}

export const NOTHING: StepPlan = { changes: [], byHand: [], notes: [] };

/** The step with why set-up has left it. */
export function leftBy(step: Step, error: OperatorError): Step {
  if (!(error instanceof MissingPermission)) {
    return { ...step, text: `${step.text} ${error.message}` };
  }
  const { permissions } = error;
  const names = permissions.map((one) => `${consoleName(one)} (${one})`).join(" and ");
  return {
    ...step,
    text: `${step.text} Set-up does it with a client that has ${names}.`,
    permissions,
  };
}

/** The plan, or the step alone where Genesys Cloud refuses to show what the plan needs. */
export async function orByHand(step: Step, plan: () => Promise<StepPlan>): Promise<StepPlan> {
  try {
    return await plan();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { ...NOTHING, byHand: [leftBy(step, error)] };
  }
}
