import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { PageState, Traffic } from "./wire.ts";

/** What both sides of a brand see, read again after each request. */
export function useLive(brand: string | undefined, onTraffic: (traffic: Traffic) => void) {
  const [state, setState] = useState<PageState>();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const refresh = useCallback(() => {
    // Once for many requests at the same time.
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      if (brand === undefined) return;
      const answer = await fetch(`/api/state?brand=${encodeURIComponent(brand)}`);
      setState(await answer.json());
    }, 50);
  }, [brand]);
  useEffect(() => {
    refresh();
    const source = new EventSource("/api/traffic");
    source.addEventListener("message", ({ data }) => {
      onTraffic(JSON.parse(data));
      refresh();
    });
    return () => source.close();
  }, [refresh, onTraffic]);
  return state;
}
