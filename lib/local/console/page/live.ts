import { useEffect, useState } from "preact/hooks";
import type { Fault } from "../fault-names.ts";
import type { MessageWay } from "../message-way.ts";
import type { PageReady, PageState, QueuesState, Traffic } from "./wire.ts";

/**
 * What is told within this time is shown at once, in milliseconds: a busy bridge tells a hundred things a second, and
 * with hundreds of messages the page would do nothing but render.
 */
const TOGETHER_MS = 150;

/** What the bridge tells while it runs. */
export interface Live {
  /** Undefined until the bridge has answered for the first time. */
  ready: PageReady | undefined;
  /** By the brand's key. */
  states: Record<string, PageState>;
  /** Newest first, of all brands. */
  ways: MessageWay[];
  /** Undefined until they have been read for the first time. */
  queues: QueuesState | undefined;
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

/** Watches all brands. */
export function useLive(tell: Tell): Live {
  const [ready, setReady] = useState<PageReady>();
  const [states, setStates] = useState<Record<string, PageState>>({});
  const [ways, setWays] = useState<MessageWay[]>([]);
  const [queues, setQueues] = useState<QueuesState>();
  const [faults, setFaults] = useState<Fault[]>([]);
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    const source = new EventSource("/api/live");
    const untaken: (() => void)[] = [];
    let timer: number | undefined;
    const takeAll = () => {
      timer = undefined;
      for (const take of untaken.splice(0)) take();
    };
    const on = <Data>(event: string, take: (data: Data) => void) =>
      source.addEventListener(event, ({ data }) => {
        untaken.push(() => take(JSON.parse(data)));
        timer ??= window.setTimeout(takeAll, TOGETHER_MS);
      });
    source.addEventListener("open", () => setConnected(true));
    source.addEventListener("error", () => setConnected(false));
    // After a start the bridge may be that of another market.
    on("ready", (now: PageReady) => {
      setReady(now);
      setStates({});
    });
    on("state", (state: PageState) => setStates((before) => ({ ...before, [state.brand]: state })));
    on("ways", setWays);
    on("way", (way: MessageWay) => setWays((before) => withWay(before, way)));
    on("queues", setQueues);
    on("faults", setFaults);
    on("traffic", tell.traffic);
    on("platform", tell.platform);
    return () => {
      source.close();
      clearTimeout(timer);
    };
  }, [tell]);
  return { ready, states, ways, queues, faults, isConnected };
}

/** The console keeps as many. */
const MAX_WAYS = 500;

function withWay(ways: MessageWay[], way: MessageWay): MessageWay[] {
  const isIt = ({ brand, correlationId }: MessageWay) =>
    brand === way.brand && correlationId === way.correlationId;
  if (!ways.some(isIt)) return [way, ...ways].slice(0, MAX_WAYS);
  return ways.map((one) => (isIt(one) ? way : one));
}
