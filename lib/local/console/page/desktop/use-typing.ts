import { useEffect, useRef, useState } from "preact/hooks";

/** Genesys Cloud tells the customer's side for this long; the next one comes before that ends. */
const SHOWN_MS = 5_000;
const PAUSE_MS = 4_000;

/**
 * Tells that the agent types, at most every 4 s. `isTold`: the last one was accepted and still counts.
 * `send` resolves with whether it was accepted.
 */
export function useTyping(send: () => Promise<boolean>): { isTold: boolean; typed: () => void } {
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<number>(undefined);
  const [isTold, setTold] = useState(false);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const typed = async () => {
    const now = performance.now();
    if (now - lastAt.current < PAUSE_MS) return;
    lastAt.current = now;
    setTold(await send());
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setTold(false), SHOWN_MS);
  };
  return { isTold, typed: () => void typed() };
}
