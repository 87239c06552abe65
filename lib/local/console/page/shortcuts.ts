import { useLayoutEffect } from "preact/hooks";

/** The field that Alt and a digit lead to. */
const FIELDS: Record<string, string> = { Digit1: "customer-text", Digit2: "agent-text" };

/** A short way to the fields by keyboard. */
export function useShortcuts(): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const id = event.altKey ? FIELDS[event.code] : undefined;
      if (id === undefined) return;
      event.preventDefault();
      document.getElementById(id)?.focus();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
