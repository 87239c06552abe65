import { wellFormed } from "../text/well-formed.ts";

/**
 * JSON.parse with source text access and JSON.rawJSON (ECMAScript 2026): Node 22 has both, the type library does not
 * yet.
 */
interface ExactJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
}

const exact: ExactJson = JSON as unknown as ExactJson;

/** Properties whose numbers are quoted to agents exactly as LINE sent them: `35.10` stays `35.10`. */
const COORDINATES: ReadonlySet<string> = new Set(["latitude", "longitude"]);

/** Ids are texts, of more digits than a number keeps; a number in their place is taken for its text. */
const IDS: ReadonlySet<string> = new Set([
  "groupId",
  "id",
  "messageId",
  "packageId",
  "quotedMessageId",
  "roomId",
  "stickerId",
  "userId",
  "webhookEventId",
]);

/** In a message's text the positions of emoji count every UTF-16 unit, so no unit is taken out before they are read. */
const COUNTED = "text";

/** Where there is none of these, texts are as they should be, and no number is an id or a coordinate. */
const TO_BE_CHANGED = new RegExp(
  `\\\\u|"(?:${[...IDS, ...COORDINATES].join("|")})"\\s*:\\s*[-\\d]`,
);

/**
 * Parses what LINE has sent: ids are texts, all texts are well-formed, none but a message's `text` has NUL, and
 * JSON.stringify writes coordinates back exactly as they were sent. Most webhooks have nothing to change, and are
 * parsed in a fifth of the time. Throws SyntaxError, and RangeError for what is to be changed and nested too deeply.
 */
export function parseLineBody(text: string): unknown {
  if (text.isWellFormed() && !TO_BE_CHANGED.test(text)) return JSON.parse(text);
  return exact.parse(text, (key, value, { source }) => {
    if (typeof value === "string")
      return key === COUNTED ? value.toWellFormed() : wellFormed(value);
    if (typeof value !== "number" || source === undefined) return value;
    if (IDS.has(key)) return source;
    return COORDINATES.has(key) ? exact.rawJSON(source) : value;
  });
}

/** Parses the body of a queue message with what LINE has sent: coordinates are texts. Throws SyntaxError. */
export function parseQueuedEvent(text: string): unknown {
  return exact.parse(text, (key, value, { source }) =>
    typeof value === "number" && source !== undefined && COORDINATES.has(key) ? source : value,
  );
}
