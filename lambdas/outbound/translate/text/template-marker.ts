import { PermanentFailure } from "../../../shared/failures/failures.ts";

/** A template that a text names, with values for its places, all as somebody has written them. */
export interface TemplateCall {
  name: string;
  values: { place: string; value: string }[];
}

/** Also of a marker that is written wrongly, with full-width brackets for example, which the customer would read. */
const MARKER_START = /[[［]\s*LINE\s+TEMPLATE(?![\p{L}\p{N}_])/iu;
const MARKER_HERE = new RegExp(MARKER_START.source, "iuy");
const NAME_START = /\s*[:：]/y;
/** What has a meaning between the brackets. A backslash takes it from the character behind it. */
const SIGN = /\\[|[\]\\]|[|[\]]/g;
/** More than a message can show. It limits the work on hostile texts. */
const MAX_CALLS = 25;
/** The first colon; a value may hold others. */
const VALUE = /^([^:：]*)[:：](.*)$/s;

/**
 * The pieces of a text, in order: words, and the templates that its markers name, such as `[LINE TEMPLATE: welcome |
 * name: Somchai]`. The blanks around a marker go with it; a text without markers is one piece, as it is. Throws
 * PermanentFailure for a marker that cannot be understood.
 */
export function splitTemplates(text: string): (string | TemplateCall)[] {
  if (!MARKER_START.test(text)) return [text];
  const pieces: (string | TemplateCall)[] = [];
  let rest = text;
  for (;;) {
    const start = MARKER_START.exec(rest);
    if (start === null) break;
    if (start[0].startsWith("［")) throw howToWrite();
    pieces.push(rest.slice(0, start.index).trim());
    const { call, end } = readMarker(rest, start.index + start[0].length);
    pieces.push(call);
    if (pieces.length > MAX_CALLS * 2) {
      throw templateNotSendable(`A text names ${MAX_CALLS} templates at most: send several texts.`);
    }
    rest = rest.slice(end);
  }
  return [...pieces, rest.trim()].filter((piece) => piece !== "");
}

/** Throws PermanentFailure if a text holds a marker or the start of one. */
export function ensureNoTemplate(text: string): void {
  if (MARKER_START.test(text)) {
    throw templateNotSendable("A template cannot stand here: write its marker in a text.");
  }
}

/** `reason` says what is wrong and how to put it right; it quotes nothing that somebody has written. */
export function templateNotSendable(reason: string): PermanentFailure {
  return new PermanentFailure("TemplateNotSendable", reason, "UnsupportedMessage");
}

/** `start` is behind the marker's words; the marker ends before `end`. */
function readMarker(text: string, start: number): { call: TemplateCall; end: number } {
  NAME_START.lastIndex = start;
  if (!NAME_START.test(text)) throw howToWrite();
  const fields: string[] = [];
  let field = "";
  let depth = 0;
  let at = NAME_START.lastIndex;
  SIGN.lastIndex = at;
  for (let sign = SIGN.exec(text); sign !== null; sign = SIGN.exec(text)) {
    const [found] = sign;
    field += text.slice(at, sign.index);
    at = SIGN.lastIndex;
    if (found === "]" && depth === 0) return { call: callOf([...fields, field]), end: at };
    if (found === "|" && depth === 0) {
      fields.push(field);
      field = "";
      continue;
    }
    if (found === "[" && beginsMarker(text, sign.index)) break;
    if (found === "[") depth += 1;
    if (found === "]") depth -= 1;
    field += found.length > 1 ? found.slice(1) : found;
  }
  throw templateNotSendable(
    "The marker of a template is not closed: end it with ], and write a single bracket in a value as \\[ or \\].",
  );
}

function beginsMarker(text: string, index: number): boolean {
  MARKER_HERE.lastIndex = index;
  return MARKER_HERE.test(text);
}

function callOf([name = "", ...fields]: string[]): TemplateCall {
  const values = fields.map((field) => {
    const [, place, value] = VALUE.exec(field) ?? [];
    if (place === undefined || value === undefined) throw howToWrite();
    return { place, value };
  });
  return { name, values };
}

function howToWrite(): PermanentFailure {
  return templateNotSendable(
    "Write a template as [LINE TEMPLATE: name], with values as [LINE TEMPLATE: name | place: value | place: value]; a bar in a value is \\|.",
  );
}
