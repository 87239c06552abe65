import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { isFound, type WaySearch } from "../../message-way.ts";
import type { PageReady, PageState, QueuesState } from "../wire.ts";
import { QueueTable } from "./queue-table.tsx";
import { saidIn } from "./said.ts";
import { WayFilters } from "./way-filters.tsx";
import { WayList } from "./way-list.tsx";
import { WaySteps } from "./way-steps.tsx";
import { useWays } from "./ways-context.ts";

/** More rows would make the page slow while much happens. */
const MAX_ROWS = 100;

/** The way of each message through the bridge: what the functions log of it, and what the run sees. Escape leads back to the list. */
export function WaysPane(props: {
  ready: PageReady;
  states: Record<string, PageState>;
  queues: QueuesState | undefined;
  children: ComponentChildren;
}) {
  const { ready, states, queues, children } = props;
  const { ways, openId, open } = useWays();
  const [search, setSearch] = useState<WaySearch>({});
  const pane = useRef<HTMLElement>(null);
  const [closedId, setClosedId] = useState<string>();
  const said = useMemo(() => saidIn(states), [states]);
  const way = ways.find(({ correlationId }) => correlationId === openId);
  const found = ways.filter((one) => isFound(one, search, Object.values(said(one)).join(" ")));
  const close = () => {
    setClosedId(openId);
    open(undefined);
  };
  useLayoutEffect(() => {
    const onKeyDown = ({ key, target }: KeyboardEvent) => {
      // After a click on plain text nothing has the focus.
      const isHere =
        target === document.body || (target instanceof Node && pane.current?.contains(target));
      if (key === "Escape" && isHere && way !== undefined) close();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  });
  return (
    <section aria-labelledby="ways-title" class="ways" ref={pane}>
      <h2 id="ways-title">The way of each message</h2>
      {children}
      {way === undefined ? (
        <>
          <QueueTable ready={ready} queues={queues} ways={ways} states={states} />
          <WayFilters brands={ready.brands} search={search} setSearch={setSearch} />
          {openId !== undefined && (
            <p role="status">The message of this address is not among the last 500.</p>
          )}
          {found.length > 0 && (
            <WayList
              brands={ready.brands}
              found={found.slice(0, MAX_ROWS)}
              said={said}
              focusOn={closedId}
            />
          )}
          {found.length > MAX_ROWS && (
            <p class="empty">
              The newest {MAX_ROWS} of {found.length}. Search for others.
            </p>
          )}
          {found.length === 0 && (
            <p class="empty">{ways.length === 0 ? "Nothing yet." : "No message is found."}</p>
          )}
        </>
      ) : (
        <WaySteps way={way} said={said(way)} close={close} />
      )}
    </section>
  );
}
