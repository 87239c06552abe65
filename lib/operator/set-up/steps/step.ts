import type { OperatorError } from "../../errors.ts";
import { consoleName, type Permission } from "../../platforms/permissions.ts";
import { MissingPermission } from "../../platforms/refusal.ts";

/** A step that is left to people. */
export interface Step {
  /** Whether it is known to be done; most steps cannot be seen from outside. */
  isDone: boolean;
  text: string;
  /** What the OAuth client for set-up would need to do it. */
  permissions?: readonly Permission[];
}

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
