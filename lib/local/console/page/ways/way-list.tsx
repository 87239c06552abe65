import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { MessageWay } from "../../message-way.ts";
import { localTime } from "../local-time.ts";
import type { PageReady } from "../wire.ts";
import { directionName } from "./directions.ts";
import type { Said } from "./said.ts";
import { Outcome } from "./way-steps.tsx";
import { useWays } from "./ways-context.ts";

/**
 * The messages that are found, newest first. One of them can be reached with Tab, the others from there with the
 * arrow keys. `focusOn` gets the focus at the start: whoever comes back from a message goes on where it stands.
 */
export function WayList(props: {
  brands: PageReady["brands"];
  found: MessageWay[];
  said: Said;
  focusOn: string | undefined;
}) {
  const { brands, found, said, focusOn } = props;
  const { open } = useWays();
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(focusOn);
  // Only when the list comes back.
  useLayoutEffect(() => {
    if (focusOn === undefined) return;
    const rows = [...(list.current?.querySelectorAll("button") ?? [])];
    rows.find(({ dataset }) => dataset.id === focusOn)?.focus();
  }, []);
  const reachable = found.some(({ correlationId }) => correlationId === current)
    ? current
    : found[0]?.correlationId;
  return (
    <ul class="way-list" aria-label="Messages, newest first" ref={list} onKeyDown={moveInList}>
      {found.map((way) => {
        const { brand, correlationId, from, steps } = way;
        const { text, customer } = said(way);
        const isOneBrand = Object.keys(brands).length === 1;
        const who = [customer, isOneBrand ? undefined : brands[brand]?.brand];
        return (
          <li key={`${brand} ${correlationId}`}>
            <button
              type="button"
              class="way-row"
              data-id={correlationId}
              tabIndex={correlationId === reachable ? 0 : -1}
              onFocus={() => setCurrent(correlationId)}
              onClick={() => open(correlationId)}
            >
              <span class="when">{localTime(steps[0]?.at ?? 0)}</span> {directionName(from)}{" "}
              <Outcome way={way} />
              <span class="who">{who.filter(Boolean).join(" · ")}</span>
              <span class="quote">{text ?? correlationId}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

function moveInList(event: KeyboardEvent & { currentTarget: HTMLUListElement }): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll("button")];
  const at = rows.findIndex((row) => row.matches(":focus"));
  rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
}
