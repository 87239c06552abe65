import { setTimeout as delay } from "node:timers/promises";
import type {
  Interfere,
  SimulatorAnswer,
  SimulatorRequest,
} from "../../lib/local/simulators/simulator-server.ts";
import type { Spoken } from "./conversation.ts";
import type { Troubles } from "./troubles.ts";

/** What a brand that is down answers, by weight; its second call hangs, as few calls are made while a breaker is open. */
const DOWN = { "503": 6, "no answer": 3, hangs: 1 };
const HANGS_AT = 2;
/** Longer than the bridge waits for an answer. */
const HANGS_MS = 11_000;
/** Seconds after which whoever is stuck may come again: sooner than a backoff would. */
const STUCK_RETRY = "5";

/** Lets a platform have the troubles of single brands, and else what `interfere` does to all. */
export function troubleFaults(
  platform: {
    name: string;
    /** Whose call it is, and for which message where it delivers one to Genesys Cloud. */
    ofRequest(request: SimulatorRequest): { brandKey: string; message?: Spoken } | undefined;
    refusal(status: number): SimulatorAnswer;
    count(mishap: string): void;
  },
  troubles: Troubles,
  interfere: Interfere,
): Interfere {
  const { name, ofRequest, refusal, count } = platform;
  let calls = 0;
  let callsDown = 0;

  return async (request, pass) => {
    const about = ofRequest(request);
    if (about === undefined) return interfere(request, pass);
    calls += 1;
    switch (troubles.of(about.brandKey, about.message)) {
      case "down":
        return down();
      case "slow":
        count(`${name}: slow brand`);
        await delay(2_000 + 3_000 * troubles.chance.of(name, "slow brand", calls));
        return interfere(request, pass);
      case "stuck":
        count(`${name}: message that alone gets 503`);
        return { ...refusal(503), headers: { "retry-after": STUCK_RETRY } };
      default:
        return interfere(request, pass);
    }
  };

  async function down(): Promise<SimulatorAnswer | undefined> {
    callsDown += 1;
    const kind = callsDown === HANGS_AT ? "hangs" : troubles.chance.pick(DOWN, name, "down", calls);
    count(`${name}: brand down, ${kind}`);
    if (kind === "503") return refusal(503);
    if (kind === "hangs") await delay(HANGS_MS);
    return undefined;
  }
}
