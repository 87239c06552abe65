import { useState } from "preact/hooks";
import type { Exchange } from "../../message-way.ts";
import { getBodies } from "../requests.ts";
import type { Bodies } from "../wire.ts";

/** How a request was answered, and unfolded, what was sent and answered. */
export function ExchangeView({ exchange }: { exchange: Exchange }) {
  const { number, status, milliseconds } = exchange;
  const [bodies, setBodies] = useState<Bodies>();
  const [isGone, setGone] = useState(false);
  const load = async () => {
    if (bodies !== undefined) return;
    const found = await getBodies(number);
    setBodies(found);
    setGone(found === undefined);
  };
  return (
    <details class="exchange" onToggle={(event) => event.currentTarget.open && load()}>
      <summary>
        <span data-status={String(status)[0]}>{status === 0 ? "no answer" : status}</span> ·{" "}
        {milliseconds} ms · what was sent and answered
      </summary>
      {isGone && <p role="status">They are no longer kept.</p>}
      {bodies && <Body title="Sent" text={bodies.sent} />}
      {bodies && <Body title="Answered" text={bodies.answer} />}
    </details>
  );
}

function Body({ title, text }: { title: string; text: string }) {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      {text === "" ? (
        <p class="empty">No JSON.</p>
      ) : (
        // It scrolls, so the keyboard must reach it.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <pre tabIndex={0}>{text}</pre>
      )}
    </figure>
  );
}
