import { useEffect, useState } from "preact/hooks";
import type { Fault } from "../fault-names.ts";
import type { MessageWay } from "../message-way.ts";
import { getReady } from "./requests.ts";
import type { PageReady, PageState, Traffic } from "./wire.ts";

/** What the bridge tells while it runs. */
export interface Live {
  /** Undefined until the bridge has answered for the first time. */
  ready: PageReady | undefined;
  /** The watched brand: the asked one, or the first where the bridge has no such brand. */
  brand: string | undefined;
  state: PageState | undefined;
  /** Newest first. */
  ways: MessageWay[];
  /** Those that are switched on. */
  faults: Fault[];
  /** False as soon as the bridge stops. The browser comes back by itself. */
  isConnected: boolean;
}

/** What only happens, and is not kept. */
interface Tell {
  traffic: (traffic: Traffic) => void;
  /** What happened to a function. */
  platform: (text: string) => void;
}

/** Watches one brand. */
export function useLive(asked: string | undefined, tell: Tell): Live {
  const [ready, setReady] = useState<PageReady>();
  const [state, setState] = useState<PageState>();
  const [ways, setWays] = useState<MessageWay[]>([]);
  const [faults, setFaults] = useState<Fault[]>([]);
  const [isConnected, setConnected] = useState(true);
  const brands = Object.keys(ready?.brands ?? {});
  const brand = brands.find((key) => key === asked) ?? brands[0];
  useEffect(() => {
    getReady().then(setReady, () => setConnected(false));
  }, []);
  useEffect(() => {
    if (brand === undefined) return undefined;
    const source = new EventSource(`/api/live?brand=${encodeURIComponent(brand)}`);
    const on = <Data>(event: string, take: (data: Data) => void) =>
      source.addEventListener(event, ({ data }) => take(JSON.parse(data)));
    source.addEventListener("open", () => setConnected(true));
    source.addEventListener("error", () => setConnected(false));
    // After a start the bridge may be that of another market.
    on("ready", setReady);
    on("state", setState);
    on("ways", setWays);
    on("way", (way: MessageWay) => setWays((before) => withWay(before, way)));
    on("faults", setFaults);
    on("traffic", tell.traffic);
    on("platform", tell.platform);
    return () => {
      source.close();
      setState(undefined);
      setWays([]);
    };
  }, [brand, tell]);
  return { ready, brand, state, ways, faults, isConnected };
}

/** The console keeps as many. */
const MAX_WAYS = 500;

function withWay(ways: MessageWay[], way: MessageWay): MessageWay[] {
  const isKnown = ways.some(({ correlationId }) => correlationId === way.correlationId);
  if (!isKnown) return [way, ...ways].slice(0, MAX_WAYS);
  return ways.map((one) => (one.correlationId === way.correlationId ? way : one));
}
