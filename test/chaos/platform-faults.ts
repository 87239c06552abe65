import { setTimeout as delay } from "node:timers/promises";
import type {
  Interfere,
  SimulatorAnswer,
  SimulatorRequest,
} from "../../lib/local/simulators/simulator-server.ts";
import type { Chance } from "./chance.ts";

/** What can happen to a request; most often nothing does. */
type Fault =
  | "none"
  | "429"
  | "500"
  | "503"
  | "401"
  | "slow"
  | "late"
  | "cut before"
  | "cut after"
  | "killed before"
  | "killed after";

/** Per thousand tries. */
const WEIGHTS: Record<Fault, number> = {
  none: 890,
  "429": 5,
  "500": 22,
  "503": 22,
  "401": 10,
  slow: 20,
  late: 3,
  "cut before": 14,
  "cut after": 14,
  "killed before": 0,
  "killed after": 0,
};

/** Longer than the bridge waits for an answer. */
const LATE_MS = 11_000;
/** Nothing goes wrong with the same request for ever. */
const FAULTY_TRIES = 3;

export interface Target {
  /** The same on every try. */
  key: string;
  about: (string | number)[];
  brandKey: string;
  /** Refused for good. */
  isPoison: boolean;
  /** The process that makes this request is killed while it does. */
  kill: "before" | "after" | undefined;
}

/** A request that took effect, and what became of its answer. */
export interface Effect {
  key: string;
  at: number;
  lostBy?: string;
}

/** Mishaps between the bridge and one of the platforms. */
export function platformFaults(options: {
  chance: Chance;
  name: string;
  /** What a request is for; undefined where nothing but outages is to happen to it. */
  targetOf(request: SimulatorRequest): Target | undefined;
  refusal(status: number): SimulatorAnswer;
  isOut(): boolean;
  /** Whether no faults are to happen to the brand now. */
  isCalm(brandKey: string): boolean;
  kill(): Promise<void>;
  count(mishap: string): void;
  onEffect?(effect: Effect): void;
}): Interfere {
  const { chance, name, refusal, count } = options;
  const tries = new Map<string, number>();
  let outages = 0;

  const fail = (fault: string, status: number) => {
    count(`${name}: ${fault}`);
    return refusal(status);
  };

  return async (request, pass) => {
    const target = options.targetOf(request);
    if (options.isOut()) {
      outages += 1;
      if (chance.of(name, "outage", outages) < 0.5) return fail("outage, 503", 503);
      count(`${name}: outage, no answer`);
      return undefined;
    }
    if (target === undefined) return pass();
    const { key } = target;
    const nth = (tries.get(key) ?? 0) + 1;
    tries.set(key, nth);
    if (target.isPoison) return fail("refused for good", 400);
    const fault = faultOf(target, nth);

    switch (fault) {
      case "401":
      case "429":
      case "500":
      case "503":
        return fail(fault, Number(fault));
      case "cut before":
        count(`${name}: cut before`);
        return undefined;
      case "killed before":
        count(`${name}: killed before`);
        await options.kill();
        return undefined;
      default:
        return passOn(fault, key, pass);
    }
  };

  function faultOf(target: Target, nth: number): Fault {
    if (target.kill !== undefined && nth === 1) return `killed ${target.kill}`;
    if (nth > FAULTY_TRIES || options.isCalm(target.brandKey)) return "none";
    return chance.pick(WEIGHTS, name, "fault", ...target.about, nth);
  }

  async function passOn(fault: Fault, key: string, pass: () => Promise<SimulatorAnswer>) {
    const answer = await pass();
    const hasTakenEffect = answer.status >= 200 && answer.status < 300;
    const effect: Effect = { key, at: Date.now() };
    if (hasTakenEffect) options.onEffect?.(effect);
    if (fault !== "none") count(`${name}: ${fault}`);
    switch (fault) {
      case "cut after":
        effect.lostBy = fault;
        return undefined;
      case "killed after":
        effect.lostBy = fault;
        await options.kill();
        return undefined;
      case "late":
        effect.lostBy = fault;
        await delay(LATE_MS);
        return answer;
      case "slow":
        await delay(500 + 3_000 * chance.of(name, "slow", key));
        return answer;
      default:
        return answer;
    }
  }
}
