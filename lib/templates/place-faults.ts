import type { LineTemplate } from "../../lambdas/shared/contract/line-templates/line-template.ts";
import { mapTexts } from "../../lambdas/shared/contract/line-templates/map-texts.ts";
import {
  fieldKind,
  PLACE_FIELDS,
} from "../../lambdas/shared/contract/line-templates/place-field.ts";
import { placeMarks } from "../../lambdas/shared/contract/line-templates/place-marks.ts";
import type { TemplateFault } from "./template-fault.ts";

/** What stands before a place that is a part of an address: all of the address that says where it leads. */
const BEHIND_HOST = /^(?:(?:https?|line):\/\/[^/?#]+[/?#]|tel:)/i;
const MARKER = /\[\s*LINE\s+(?:ASK|STICKER|TEMPLATE)\b/i;

/** Places where none may stand, and what looks like a place or a marker and is none. */
export function placeFaults({ messages }: LineTemplate): TemplateFault[] {
  const faults = keyFaults(messages, []);
  mapTexts(messages, (text, path) => {
    const message = messages[Number(path[0])];
    const isV2 = message?.type === "textV2" && path.length === 2;
    faults.push(...textFaults(text, path, isV2).map((told) => ({ path, told })));
    return text;
  });
  return faults;
}

/**
 * In a text (v2) doubled braces stand for themselves:
 * https://developers.line.biz/en/reference/messaging-api/#text-message-v2
 */
function textFaults(text: string, path: readonly PropertyKey[], isV2: boolean): string[] {
  const marks = placeMarks(text);
  const faults: string[] = [];
  const kind = fieldKind(path);
  if (marks.length > 0 && kind === undefined) {
    faults.push(`a place such as {{name}} cannot stand here; it can in ${PLACE_FIELDS.join(", ")}`);
  }
  const [first] = marks;
  const isAddress = kind === "link" || kind === "media";
  const isWhole = marks.length === 1 && first?.start === 0 && first.end === text.length;
  if (isAddress && first !== undefined && !isWhole) {
    if (!BEHIND_HOST.test(text.slice(0, first.start))) {
      faults.push(
        "a place is the whole address, or stands behind the host, as in https://shop.example/{{branch}}",
      );
    }
  }
  const rest = marks.reduceRight(
    (left, { start, end }) => left.slice(0, start) + left.slice(end),
    text,
  );
  if (!isV2 && /\{\{|\}\}/.test(rest)) {
    faults.push(
      "double braces stand for a place: {{name}}, with 1 to 40 letters, digits, blanks, _ and -; correct it, or leave the braces out",
    );
  }
  if (MARKER.test(text)) {
    faults.push(
      "[LINE …] is for agents' texts and would be shown to the customer; use a quickReply or a message of its own",
    );
  }
  return faults;
}

function keyFaults(value: unknown, path: readonly PropertyKey[]): TemplateFault[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((inner, at) => keyFaults(inner, [...path, at]));
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(/\{\{|\}\}/.test(key)
      ? [{ path: [...path, key], told: "a place cannot stand in a key; write it in a text" }]
      : []),
    ...keyFaults(inner, [...path, key]),
  ]);
}
