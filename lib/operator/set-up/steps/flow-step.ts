import { OperatorError } from "../../errors.ts";
import { findFlow } from "../../platforms/find-flow.ts";
import type { CallGenesys } from "../../platforms/genesys-api.ts";
import { createMessageRouting } from "../../platforms/message-routing.ts";
import type { OpenIntegration } from "../../platforms/open-integrations.ts";
import type { Change } from "../change.ts";
import type { byHand } from "./by-hand.ts";
import { NOTHING, orByHand, type StepPlan } from "./step-plan.ts";
import type { TargetIntegration } from "./target-integration.ts";

/**
 * Attaches the flow with this name to the integration, in place of another one if need be: somebody has named it.
 * Without a name whatever is attached stays. Throws UsageError where there is no such flow that could be attached.
 */
export async function planFlow(
  target: TargetIntegration,
  flowName: string | undefined,
  steps: ReturnType<typeof byHand>,
  call: CallGenesys,
): Promise<StepPlan> {
  const { present } = target;
  const routing = steps.routing(flowName);
  const messageRouting = createMessageRouting(call);
  const attached = async () =>
    present?.recipient == null ? undefined : messageRouting.flowOf(present.recipient.id);
  if (flowName === undefined) {
    const seen = await orByHand(routing, async () =>
      (await attached()) === undefined ? { ...NOTHING, byHand: [routing] } : NOTHING,
    );
    return seen.byHand.length === 0 ? seen : { ...seen, byHand: [steps.flow, ...seen.byHand] };
  }
  return orByHand(routing, async () => {
    const wanted = await findFlow(call, flowName);
    const now = await attached();
    if (now?.id === wanted.id) return NOTHING;
    const change: Change = {
      text: `route the integration "${target.name}" in Genesys Cloud to the flow "${wanted.name}" (now ${now === undefined ? "none" : `"${now.name}"`})`,
      apply: async () => messageRouting.route(recipientOf(await target.made()), wanted),
      byHand: routing,
    };
    return { ...NOTHING, changes: [change] };
  });
}

function recipientOf({ recipient }: OpenIntegration): string {
  if (recipient != null) return recipient.id;
  throw new OperatorError("Genesys Cloud names no recipient of the integration.");
}
