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

/** The newest line, and those before when they are asked for. */
export function Notes({ notes: [newest, ...older] }: { notes: Note[] }) {
  return (
    <details id="traffic">
      <summary aria-label="Requests between LINE, the bridge and Genesys Cloud">
        {newest === undefined ? (
          <span class="empty">
            Each request between LINE, the bridge and Genesys Cloud appears here.
          </span>
        ) : (
          <NoteLine note={newest} />
        )}
      </summary>
      <div class="older">
        {older.map((note) => (
          <div key={note.key}>
            <NoteLine note={note} />
          </div>
        ))}
      </div>
    </details>
  );
}

function NoteLine({ note: { text, isBad } }: { note: Note }) {
  return isBad ? (
    <span class="bad" role="alert">
      {text}
    </span>
  ) : (
    <span>{text}</span>
  );
}
