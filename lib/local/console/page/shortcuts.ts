import { flushSync } from "preact/compat";
import { useLayoutEffect } from "preact/hooks";
import type { Pane } from "./pane-choice.tsx";

/** The field that Alt and a digit lead to, and its pane. */
const FIELDS: Record<string, { pane: Pane; id: string }> = {
  Digit1: { pane: "phone", id: "customer-text" },
  Digit2: { pane: "desktop", id: "agent-text" },
  Digit3: { pane: "ways", id: "ways-search" },
};

/** A short way to the fields by keyboard. */
export function useShortcuts(show: (pane: Pane) => void): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const field = event.altKey ? FIELDS[event.code] : undefined;
      if (field === undefined) return;
      event.preventDefault();
      // What is typed next must go there: in a narrow window the pane has to show first, and at once.
      flushSync(() => show(field.pane));
      document.getElementById(field.id)?.focus();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [show]);
}
