import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { MessageWay, WayStep } from "../../message-way.ts";
import { localTime, pauseText } from "../local-time.ts";
import { directionName } from "./directions.ts";
import { ExchangeView } from "./exchange-view.tsx";
import { triesText } from "./retries.ts";
import type { SaidBy } from "./said.ts";

/** All that happened to one message. */
export function WaySteps(props: { way: MessageWay; said: SaidBy; close: () => void }) {
  const { way, said, close } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever opens it by keyboard goes on reading here.
  useLayoutEffect(() => heading.current?.focus(), [way.correlationId]);
  return (
    <article class="way-steps" aria-labelledby="way-title">
      <button type="button" onClick={close}>
        ← All messages (Esc)
      </button>
      <h3 id="way-title" tabIndex={-1} ref={heading}>
        {directionName(way.from)}: <Outcome way={way} />
      </h3>
      {said.customer && <p class="who">{said.customer}</p>}
      {said.text && <p class="quote">{said.text}</p>}
      <CopiedId id={way.correlationId} />
      <ol>
        {way.steps.map((step, index) => (
          <Step
            // A line can come late, but none is the same as another.
            key={`${step.at} ${step.message} ${index}`}
            step={step}
            before={way.steps[index - 1]}
            leftOut={index === 1 ? way.leftOut : 0}
          />
        ))}
      </ol>
      {way.nextTryAt !== undefined && <p>Next try at {localTime(way.nextTryAt)}</p>}
    </article>
  );
}

/** For example `trying again: LINE answered 503`. */
export function Outcome({ way }: { way: MessageWay }) {
  return (
    <>
      <span class="outcome" data-outcome={way.outcome}>
        {way.outcome}
      </span>
      <span class="tries">{triesText(way)}</span>
      {way.reason && <span class="reason"> {way.reason}</span>}
    </>
  );
}

function Step(props: { step: WayStep; before: WayStep | undefined; leftOut: number }) {
  const { step, before, leftOut } = props;
  const fields = Object.entries(step.fields);
  const { seconds } = step.fields;
  return (
    <li class="way-step" data-level={step.level}>
      {leftOut > 0 && <p>{leftOut} steps are no longer kept.</p>}
      <div class="when">
        <time dateTime={new Date(step.at).toISOString()}>{localTime(step.at)}</time>
        {before && ` + ${pauseText(Math.max(0, step.at - before.at))}`}
      </div>
      <div>
        <b>{step.service}</b>: {step.message}
        {typeof seconds === "number" && ` (next try in ${seconds} s)`}
      </div>
      {step.exchange && <ExchangeView exchange={step.exchange} />}
      {fields.length > 0 && (
        <details>
          <summary>{fields.length === 1 ? "1 field" : `${fields.length} fields`}</summary>
          <dl>
            {fields.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  );
}

function CopiedId({ id }: { id: string }) {
  const [copied, setCopied] = useState<string>();
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    setCopied(id);
  };
  return (
    <p class="copied-id">
      <code>{id}</code>{" "}
      <button type="button" onClick={copy}>
        Copy the correlation id
      </button>{" "}
      <span role="status">{copied === id && "Copied."}</span>
    </p>
  );
}
