import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { InboxRow } from "./inbox-rows.ts";
import { readSession, writeSession } from "./session-text.ts";

/** The id of the customer's message that the agent saw last, by the row's key; empty where there is none. */
export function seenOf(key: string): string {
  return readSession(`seen ${key}`);
}

/** Marks the row as seen while the element is in view, and shows it. */
export function useSeen(row: InboxRow | undefined, element: RefObject<HTMLElement | null>): void {
  const isInView = useIsInView(element);
  const [, showAgain] = useState("");
  const { key, lastInboundId, unread = 0 } = row ?? {};
  useEffect(() => {
    if (!isInView || key === undefined || lastInboundId === undefined || unread === 0) return;
    writeSession(`seen ${key}`, lastInboundId);
    showAgain(lastInboundId);
  }, [isInView, key, lastInboundId, unread]);
}

/** Whether a person can see the element: in a narrow window another pane may show, or another tab. */
function useIsInView(element: RefObject<HTMLElement | null>): boolean {
  const [isOnPage, setOnPage] = useState(false);
  const [isTabShown, setTabShown] = useState(!document.hidden);
  useEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    const observer = new IntersectionObserver((entries) =>
      setOnPage(entries.at(-1)?.isIntersecting === true),
    );
    observer.observe(watched);
    const onChange = () => setTabShown(!document.hidden);
    document.addEventListener("visibilitychange", onChange);
    return () => {
      observer.disconnect();
      document.removeEventListener("visibilitychange", onChange);
    };
  }, [element]);
  return isOnPage && isTabShown;
}
