import { PermanentFailure } from "../../../shared/failures/failures.ts";
import { oneLine } from "../../../shared/text/one-line.ts";

/** What a customer can be asked to send with one tap, by the type of LINE's action for it. */
export type Ask = "location" | "camera" | "cameraRoll";

/** By the names that agents write. */
const ASKS: ReadonlyMap<string, Ask> = new Map<string, Ask>([
  ["location", "location"],
  ["camera", "camera"],
  ["camera roll", "cameraRoll"],
]);

/** No bracket in it, so that the time for any text grows only with its length. */
const MARKER = /\[\s*LINE\s+ASK\s*:([^[\]]*)\]/gi;
/** Also of a marker that is not closed, or that only appears where another is taken out. */
const MARKER_START = /\[\s*LINE\s+ASK\s*:/i;

/**
 * A text without its markers, such as `[LINE ASK: camera roll]`, and what they ask for. The blanks before a marker
 * and around the whole text go with them; a text without markers stays as it is. Throws PermanentFailure for a
 * marker that cannot be understood: the customer would read it.
 */
export function splitAsks(text: string): { rest: string; asks: Ask[] } {
  if (!MARKER_START.test(text)) return { rest: text, asks: [] };
  const asks: Ask[] = [];
  let rest = "";
  let end = 0;
  for (const { 0: marker, 1: name = "", index } of text.matchAll(MARKER)) {
    asks.push(askNamed(name));
    rest += text.slice(end, index).trimEnd();
    end = index + marker.length;
  }
  rest += text.slice(end);
  ensureNoAsk(rest);
  return { rest: rest.trim(), asks };
}

/** Throws PermanentFailure if a text holds a marker or the start of one. */
export function ensureNoAsk(text: string): void {
  if (MARKER_START.test(text)) throw notSendable();
}

function askNamed(name: string): Ask {
  const ask = ASKS.get(oneLine(name).toLowerCase());
  if (ask === undefined) throw notSendable();
  return ask;
}

function notSendable(): PermanentFailure {
  const names = [...ASKS.keys()].join(", ");
  return new PermanentFailure(
    "AskNotSendable",
    `LINE can ask a customer only for: ${names}. Write [LINE ASK: location] in a text, not on a button.`,
    "UnsupportedMessage",
  );
}
