import { useEffect, useState } from "preact/hooks";
import { localTime } from "../local-time.ts";
import { getDeadLetters } from "../requests.ts";
import type { DeadLetter, QueuesState } from "../wire.ts";
import { DIRECTIONS } from "./directions.ts";
import { useWays } from "./ways-context.ts";

/** How many dead letters there are; unfolded, what is known of each and how it goes back. */
export function DeadLetters({ counts }: { counts: QueuesState["deadLetters"] | undefined }) {
  const [isOpen, setOpen] = useState(false);
  const { inbound = 0, outbound = 0 } = counts ?? {};
  const total = inbound + outbound;
  if (total === 0) return <p class="empty">Dead letters: none</p>;
  const parts = DIRECTIONS.flatMap(({ direction, name }) =>
    counts?.[direction] ? `${name} ${counts[direction]}` : [],
  );
  return (
    <details
      class="dead-letters"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        Dead letters: <span class="bad">{parts.join(", ")}</span>
      </summary>
      {isOpen && <Letters total={total} />}
    </details>
  );
}

/** Looks again when there are more or fewer. */
function Letters({ total }: { total: number }) {
  const { open } = useWays();
  const [letters, setLetters] = useState<DeadLetter[] | "unread">();
  useEffect(() => {
    let isWanted = true;
    void getDeadLetters().then((found) => isWanted && setLetters(found ?? "unread"));
    return () => {
      isWanted = false;
    };
  }, [total]);
  if (letters === undefined) return <p role="status">Looking at the dead letters …</p>;
  if (letters === "unread") return <p role="status">They cannot be read now.</p>;
  return (
    <ul>
      {letters.map(({ id, brand, queue, reason, kind, correlationId, parkedAt, command }) => (
        <li key={id}>
          <b class="bad">{reason}</b> {kind}, {brand} {queue}, {localTime(Date.parse(parkedAt))}{" "}
          {correlationId !== undefined && (
            <button type="button" class="link" onClick={() => open(correlationId)}>
              Its way
            </button>
          )}
          <code>{command}</code>
        </li>
      ))}
      {letters.length < total && (
        <li>{total - letters.length} more cannot be looked at now: SQS shows ten of a customer.</li>
      )}
    </ul>
  );
}
