import { OperatorError } from "../../errors.ts";
import type { Change } from "../change.ts";
import { leftBy, type Step } from "./step.ts";

/** What set-up does for one part of an integration, what it leaves to people, and what else to say before. */
export interface StepPlan {
  changes: Change[];
  byHand: Step[];
  notes: string[];
}

export const NOTHING: StepPlan = { changes: [], byHand: [], notes: [] };

/** The plan, or the step alone where Genesys Cloud refuses to show what the plan needs. */
export async function orByHand(step: Step, plan: () => Promise<StepPlan>): Promise<StepPlan> {
  try {
    return await plan();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { ...NOTHING, byHand: [leftBy(step, error)] };
  }
}
