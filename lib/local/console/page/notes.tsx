import { localTime } from "./local-time.ts";
import type { Traffic } from "./wire.ts";

/** A line of what happened, newest first. */
export interface Note {
  key: number;
  text: string;
  isBad: boolean;
}

/** A page that stays open for hours must not grow without a limit. */
const MAX_NOTES = 500;

/** The notes with a new one. */
export function withNote(notes: Note[], text: string, isBad: boolean): Note[] {
  const key = (notes[0]?.key ?? 0) + 1;
  return [{ key, text, isBad }, ...notes].slice(0, MAX_NOTES);
}

/** A request between LINE, the bridge and Genesys Cloud in one line. */
export function trafficText(traffic: Traffic): string {
  const { at, from, to, brandKey = "", status, milliseconds, what, text = "" } = traffic;
  const shown = text.replace(/\s+/g, " ").slice(0, 80);
  return `${localTime(at)}  ${from} → ${to}  ${brandKey}  ${status}  ${milliseconds} ms  ${what}  ${shown}`;
}

export function isRefused({ status }: Traffic): boolean {
  return status < 200 || (status > 399 && status !== 409);
}

export function Notes({ notes }: { notes: Note[] }) {
  return (
    <section id="traffic" aria-label="Requests">
      {notes.length === 0 && (
        <div class="empty">
          Each request between LINE, the bridge and Genesys Cloud appears here.
        </div>
      )}
      {notes.map(({ key, text, isBad }) => (
        <div key={key} class={isBad ? "bad" : ""}>
          {text}
        </div>
      ))}
    </section>
  );
}
