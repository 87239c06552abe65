import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { isFound, type MessageWay, OUTCOMES } from "../../message-way.ts";
import { summaryOf } from "../desktop/structured.ts";
import { localTime } from "../local-time.ts";
import type { PageState } from "../wire.ts";
import { Outcome, WaySteps } from "./way-steps.tsx";
import { useWays } from "./ways-context.ts";

/** The way of each message through the bridge, by what the functions log. */
export function WaysPane(props: {
  states: Record<string, PageState>;
  children: ComponentChildren;
}) {
  const { states, children } = props;
  const { ways, openId, open } = useWays();
  const way = ways.find(({ correlationId }) => correlationId === openId);
  return (
    <section aria-labelledby="ways-title" class="ways">
      <h2 id="ways-title">The way of each message</h2>
      {way === undefined ? (
        <WayList ways={ways} states={states} open={open} isGone={openId !== undefined} />
      ) : (
        <WaySteps way={way} text={textOf(way, states[way.brand])} close={() => open(undefined)} />
      )}
      {children}
    </section>
  );
}

function WayList(props: {
  ways: MessageWay[];
  states: Record<string, PageState>;
  open: (correlationId: string) => void;
  isGone: boolean;
}) {
  const { ways, states, open, isGone } = props;
  const [text, setText] = useState("");
  const [outcome, setOutcome] = useState("");
  const found = ways.filter((way) => isFound(way, { text, outcome }));
  return (
    <>
      <div class="row search">
        <input
          type="search"
          id="ways-search"
          aria-label="Part of an id"
          aria-keyshortcuts="Alt+3"
          placeholder="Part of an id (Alt+3)"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <select
          aria-label="Outcome"
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
        >
          <option value="">all</option>
          {OUTCOMES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </div>
      {isGone && <p role="status">The message of this address is not among the last 500.</p>}
      <ul class="way-list">
        {found.map((way) => (
          <li key={way.correlationId}>
            <button type="button" class="way-row" onClick={() => open(way.correlationId)}>
              <span class="when">{localTime(way.steps[0]?.at ?? 0)}</span>{" "}
              {way.from === "LINE" ? "LINE → Genesys" : "Genesys → LINE"} <Outcome way={way} />
              <span class="quote">{textOf(way, states[way.brand]) ?? way.correlationId}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p class="empty">{ways.length === 0 ? "Nothing yet." : "No message is found."}</p>
      )}
    </>
  );
}

/** What the message says. The functions log no texts; the platforms show them. */
function textOf(way: MessageWay, state: PageState | undefined): string | undefined {
  if (way.from === "LINE") {
    return state?.phones
      .flatMap(({ lines }) => lines)
      .find(({ id, from }) => from === "customer" && id === way.messageId)?.text;
  }
  const message = state?.conversations
    .flatMap(({ messages }) => messages)
    .find(({ id }) => id === way.correlationId);
  const [structured] = message?.structured ?? [];
  const summary = structured && summaryOf(structured);
  return message?.text || summary || message?.attachments[0]?.filename;
}
