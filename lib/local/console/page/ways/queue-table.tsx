import type { MessageWay } from "../../message-way.ts";
import { isBad, tallyText } from "../../tally.ts";
import { localTime } from "../local-time.ts";
import type { PageReady, PageState, QueuesState } from "../wire.ts";
import { DeadLetters } from "./dead-letters.tsx";
import { DIRECTIONS } from "./directions.ts";
import { retriesOf } from "./retries.ts";

/** What is in the queues now, and what has become of all messages. */
export function QueueTable(props: {
  ready: PageReady;
  queues: QueuesState | undefined;
  ways: MessageWay[];
  states: Record<string, PageState>;
}) {
  const { ready, queues, ways, states } = props;
  return (
    <details class="queues" open>
      <summary>Queues and totals</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Queue</th>
            <th scope="col">Waiting</th>
            <th scope="col" title="Handed out: being worked on, or waiting for the next try">
              In flight
            </th>
            <th scope="col">Trying again</th>
          </tr>
        </thead>
        {Object.entries(ready.brands).map(([brand, { brand: name }]) => (
          <tbody key={brand}>
            <tr>
              <th scope="rowgroup" colSpan={4}>
                {name}
              </th>
            </tr>
            {DIRECTIONS.map(({ direction, from, name: way }) => {
              const counts = queues?.brands[brand]?.[direction];
              const { count, nextTryAt } = retriesOf(ways, brand, from);
              const tally = states[brand]?.tally?.[direction];
              return [
                <tr key={direction} data-queue={`${brand} ${direction}`}>
                  <th scope="row">{way}</th>
                  <td data-some={Boolean(counts?.waiting)}>{counts?.waiting ?? "–"}</td>
                  <td data-some={Boolean(counts?.inFlight)}>{counts?.inFlight ?? "–"}</td>
                  <td data-some={count > 0}>
                    {count}
                    {nextTryAt !== undefined && <small> next {localTime(nextTryAt)}</small>}
                  </td>
                </tr>,
                tally && tally.sent > 0 && (
                  <tr key={`${direction} count`} class="tally" data-tally={`${brand} ${direction}`}>
                    <td colSpan={4} data-bad={isBad(tally)}>
                      {tallyText(tally)}
                    </td>
                  </tr>
                ),
              ];
            })}
          </tbody>
        ))}
      </table>
      <DeadLetters counts={queues?.deadLetters} />
    </details>
  );
}
