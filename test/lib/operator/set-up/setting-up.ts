import type { GivenCredentials } from "../../../../lib/operator/credentials/given-credentials.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import type { Target } from "../../../../lib/operator/market/target.ts";
import { type SetUpReport, setUp } from "../../../../lib/operator/set-up/set-up.ts";
import type { LocalMarket } from "../local-market.ts";
import { type RecordingTerminal, recordingTerminal } from "../recording-terminal.ts";

/** Sets one brand up, with everything given unless a test says otherwise. */
export function settingUpIn(market: LocalMarket) {
  return (
    brand: BrandStack,
    {
      given = market.credentialsOf(brand),
      terminal = recordingTerminal(),
      target = market.target,
      flow,
    }: {
      given?: GivenCredentials;
      terminal?: RecordingTerminal;
      target?: Target;
      flow?: string;
    } = {},
  ): Promise<SetUpReport> =>
    setUp(target, { brand: brand.key, given, flow }, terminal, market.clock);
}
