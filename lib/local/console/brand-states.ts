import type { Ready } from "../ready.ts";
import { bareSetupCommand } from "../setup-command.ts";
import type { GenesysCloud } from "../simulators/genesys/genesys-cloud.ts";
import type { LinePlatform } from "../simulators/line/line-platform.ts";
import { countInbound, countOutbound } from "./count-messages.ts";
import type { MessageWays } from "./message-ways.ts";
import type { Phones } from "./phones.ts";
import { shownConversation } from "./shown-conversation.ts";
import type { ConsoleState } from "./state.ts";

/** What the console knows of the run's brands. */
export interface BrandStates {
  isKnown(brand: string): boolean;
  /** What a person has to do before messages can flow; undefined when nothing is left to do. */
  missingSetup(brand: string): string | undefined;
  of(brand: string): ConsoleState;
}

export function createBrandStates(run: {
  ready: Pick<Ready, "brands">;
  line: LinePlatform | undefined;
  genesys: GenesysCloud | undefined;
  phones: Pick<Phones, "of">;
  ways: Pick<MessageWays, "list" | "completeSince">;
  /** Whether a brand's secrets hold values, and not what the first deployment has put there. */
  hasSecrets: (brand: string) => boolean;
}): BrandStates {
  const { ready, line, genesys, phones, ways, hasSecrets } = run;
  const isKnown = (brand: string) => Object.hasOwn(ready.brands, brand);

  function missingSetup(brand: string): string | undefined {
    if (!isKnown(brand)) return undefined;
    const hasWebhook = line === undefined || line.webhook(brand) !== undefined;
    if (hasWebhook && hasSecrets(brand)) return undefined;
    return `${brand} is not set up yet. Run the command that npm start has printed for it: ${bareSetupCommand(brand)}`;
  }

  return {
    isKnown,
    missingSetup,
    of(brand) {
      const sides = {
        phones: phones.of(brand),
        conversations: (genesys?.conversations(brand) ?? []).map(shownConversation),
      };
      const held = {
        ...sides,
        ways: ways.list({ brand }),
        since: ways.completeSince(),
        now: Date.now(),
      };
      return {
        brand,
        missingSetup: missingSetup(brand),
        replaced: [...(line ? [] : ["LINE"]), ...(genesys ? [] : ["Genesys Cloud"])],
        ...sides,
        receipts: genesys?.receipts(brand) ?? [],
        ...(line &&
          genesys && { tally: { inbound: countInbound(held), outbound: countOutbound(held) } }),
      };
    },
  };
}
