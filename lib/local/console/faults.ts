import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import type { PlatformSettings } from "../platforms.ts";
import { errorBody } from "../simulators/genesys/refusal.ts";
import type {
  Interfere,
  SimulatorAnswer,
  SimulatorRequest,
} from "../simulators/simulator-server.ts";
import type { OnTraffic } from "../simulators/traffic.ts";
import { callName } from "./call-name.ts";
import { FAULTS, type Fault } from "./fault-names.ts";
import { webhookFaults } from "./webhook-faults.ts";

/** Body of POST /api/faults. */
export const faultSwitch = z.object({ fault: z.enum(FAULTS), on: z.boolean() });

/** Less than the functions wait for an answer. */
const SLOW_MS = 5_000;
const RETRY_AFTER_SECONDS = 5;

/** What goes wrong between the bridge and the platforms, as a person has switched it on. */
export interface Faults {
  on(): Fault[];
  set(fault: Fault, isOn: boolean): void;
  /** Tells what is on whenever that changes. The worker is killed only once. */
  onChange(tell: (on: Fault[]) => void): void;
  /** The settings with these faults. A platform that interferes by itself keeps to that. */
  within(settings: PlatformSettings): PlatformSettings;
}

export function createFaults(options: {
  onTraffic: OnTraffic;
  killWorker: () => Promise<void>;
  /** Gets whether the worker's processes are to stand still. */
  haltWorker: (isHalted: boolean) => void;
  /** Gets whether LINE is to refuse pushes for the monthly limit. */
  useUpQuota: (isUsedUp: boolean) => void;
  slowMilliseconds?: number;
}): Faults {
  const { onTraffic, killWorker, slowMilliseconds = SLOW_MS } = options;
  const faults = new Set<Fault>();
  const switches: Partial<Record<Fault, (isOn: boolean) => void>> = {
    "line-quota": options.useUpQuota,
    "worker-stopped": options.haltWorker,
  };
  let tell = (_on: Fault[]) => {};
  const set = (fault: Fault, isOn: boolean) => {
    if (isOn) faults.add(fault);
    else faults.delete(fault);
    switches[fault]?.(isOn);
    tell([...faults]);
  };

  /** The simulator does not see the request, so nobody else tells of it. */
  const refuse = (to: "LINE" | "Genesys", request: SimulatorRequest, answer: SimulatorAnswer) => {
    const what = callName(to, request).name;
    const { status } = answer;
    onTraffic({ at: Date.now(), from: "bridge", to, what, status, milliseconds: 0 });
    return answer;
  };

  const line: Interfere = async (request, pass) =>
    faults.has("line-503") ? refuse("LINE", request, LINE_DOWN) : pass();

  const genesys: Interfere = async (request, pass) => {
    if (faults.has("genesys-503")) return refuse("Genesys", request, GENESYS_DOWN);
    // The limit is the Platform API's, not the login's.
    const isApi = request.path.startsWith("/api/");
    if (isApi && faults.has("genesys-429")) return refuse("Genesys", request, genesysBusy());
    if (isMessage(request) && faults.has("worker-killed")) {
      set("worker-killed", false);
      await killWorker();
      return undefined;
    }
    if (faults.has("genesys-slow")) await delay(slowMilliseconds);
    return pass();
  };

  return {
    on: () => [...faults],
    set,
    onChange(listener) {
      tell = listener;
    },
    within: (settings) => ({
      line: { interfere: line, interfereWithWebhook: webhookFaults(faults), ...settings.line },
      genesys: { interfere: genesys, ...settings.genesys },
    }),
  };
}

/** The path of the `message` endpoint and of the `legacy` one. */
function isMessage({ path }: SimulatorRequest): boolean {
  return /\/inbound\/open(\/message|\/structured\/response)?$/.test(path);
}

const LINE_DOWN: SimulatorAnswer = { status: 503, body: { message: "Service Unavailable" } };

const GENESYS_DOWN: SimulatorAnswer = {
  status: 503,
  body: errorBody(503, { code: "service.unavailable", message: "The service is unavailable." }),
};

function genesysBusy(): SimulatorAnswer {
  const message = `Rate limit exceeded the maximum. Retry the request in [${RETRY_AFTER_SECONDS}] seconds`;
  return {
    status: 429,
    headers: { "retry-after": String(RETRY_AFTER_SECONDS) },
    body: errorBody(429, { code: "too.many.requests", message }),
  };
}
