import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { DeskMessage } from "../wire.ts";
import { type InboxRow, shortId } from "./inbox-rows.ts";

/** From here on there is room for the panel beside the transcript. */
const WIDE = "(min-width: 100rem)";

/** What Genesys Cloud knows of the conversation and its customer. */
export function DetailsPanel({ row, messages }: { row: InboxRow; messages: DeskMessage[] }) {
  const [isOpen] = useState(() => window.matchMedia(WIDE).matches);
  const conversationId = messages.at(-1)?.conversationId ?? "";
  const nickname = messages.findLast((one) => one.nickname !== undefined)?.nickname;
  return (
    <details class="details" open={isOpen}>
      <summary>Participant data</summary>
      <dl>
        {Object.entries(participantData(messages)).map(([name, value]) => (
          <Detail key={name} name={name}>
            {value}
          </Detail>
        ))}
        <Detail name="nickname">{nickname}</Detail>
        <Detail name="user id">
          <CopiedId id={row.customerId} what="user id" />
        </Detail>
        <Detail name="conversation">
          <CopiedId id={conversationId} what="conversation id" />
        </Detail>
        <Detail name="queue">
          {row.queue.name}, {row.queue.why}
        </Detail>
      </dl>
    </details>
  );
}

/** A later message's value replaces an earlier one's, as in Genesys Cloud. */
function participantData(messages: DeskMessage[]): Record<string, string> {
  return Object.fromEntries(
    messages.flatMap(({ customAttributes }) => Object.entries(customAttributes)),
  );
}

function Detail({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children || "–"}</dd>
    </div>
  );
}

function CopiedId({ id, what }: { id: string; what: string }) {
  const [said, setSaid] = useState("");
  const copy = () =>
    navigator.clipboard.writeText(id).then(
      () => setSaid("copied"),
      () => setSaid("The browser does not allow it."),
    );
  return (
    <>
      <code title={id}>{shortId(id)}</code>{" "}
      <button type="button" class="link" aria-label={`Copy the ${what}`} onClick={copy}>
        Copy
      </button>{" "}
      <span role="status">{said}</span>
    </>
  );
}
