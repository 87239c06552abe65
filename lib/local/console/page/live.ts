import { useEffect, useState } from "preact/hooks";
import type { PageReady, PageState, Traffic } from "./wire.ts";

/** What the bridge tells while it runs. */
export interface Live {
  /** Undefined until the bridge has answered for the first time. */
  ready: PageReady | undefined;
  state: PageState | undefined;
  /** False as soon as the bridge stops. The browser comes back by itself. */
  isConnected: boolean;
}

/** Watches a brand; the first one where `brand` is none of the bridge's. */
export function useLive(brand: string | undefined, onTraffic: (traffic: Traffic) => void): Live {
  const [ready, setReady] = useState<PageReady>();
  const [state, setState] = useState<PageState>();
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    const source = new EventSource(`/api/live?brand=${encodeURIComponent(brand ?? "")}`);
    const on = <Data>(event: string, take: (data: Data) => void) =>
      source.addEventListener(event, ({ data }) => take(JSON.parse(data)));
    source.addEventListener("open", () => setConnected(true));
    source.addEventListener("error", () => setConnected(false));
    on("ready", setReady);
    on("state", setState);
    on("traffic", onTraffic);
    return () => {
      source.close();
      setState(undefined);
    };
  }, [brand, onTraffic]);
  return { ready, state, isConnected };
}
