import { useState } from "preact/hooks";
import { localDay, localMinute } from "../local-time.ts";
import { foundRows, type InboxRow } from "./inbox-rows.ts";

/** The conversations of all brands, by queue and name. */
export function Inbox(props: {
  rows: InboxRow[];
  chosenKey: string;
  choose: (row: InboxRow) => void;
}) {
  const { rows, chosenKey, choose } = props;
  const [queue, setQueue] = useState("");
  const [text, setText] = useState("");
  const found = foundRows(rows, { queue, text });
  const queues = [...new Set(rows.map((row) => row.queue.name))].sort();
  return (
    <div class="inbox">
      <input
        type="search"
        aria-label="Search customers"
        placeholder="Search customers"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <select
        aria-label="Queue"
        value={queue}
        onChange={(event) => setQueue(event.currentTarget.value)}
      >
        <option value="">All queues</option>
        {queues.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <ul class="inbox-rows" aria-label="Conversations">
        {found.map((row) => (
          <li key={row.key}>
            <Row row={row} isChosen={row.key === chosenKey} choose={choose} />
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p class="empty">
          {rows.length === 0 ? "No conversation yet." : "No conversation is found."}
        </p>
      )}
    </div>
  );
}

function Row(props: { row: InboxRow; isChosen: boolean; choose: (row: InboxRow) => void }) {
  const { row, isChosen, choose } = props;
  const { name, lastText, lastAt, unread, queue } = row;
  return (
    <button
      type="button"
      class="inbox-row"
      aria-current={isChosen}
      data-unread={unread > 0}
      onClick={() => choose(row)}
    >
      <span class="inbox-name">{name}</span>
      <time class="inbox-time" dateTime={new Date(lastAt).toISOString()}>
        {shownTime(lastAt)}
      </time>
      <span class="inbox-text">{lastText}</span>
      {unread > 0 && (
        <span class="unread" role="img" aria-label={`${unread} unread`}>
          {unread > 99 ? "99+" : unread}
        </span>
      )}
      <span class="queue" title={queue.why}>
        {queue.name}
      </span>
    </button>
  );
}

/** The time of day; before today the day. */
function shownTime(at: number): string {
  if (localDay(at) === localDay(Date.now())) return localMinute(at);
  return new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}
