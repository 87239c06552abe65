import {
  createFindMessageFaults,
  type FindMessageFaults,
  type MessageFault,
} from "../../lambdas/shared/contract/line-rules/message-faults.ts";
import { filledMessages } from "../../lambdas/shared/contract/line-templates/fill-template.ts";
import type { LineTemplate } from "../../lambdas/shared/contract/line-templates/line-template.ts";
import { sampleValue } from "./sample-values.ts";
import type { TemplateFault } from "./template-fault.ts";

const REFERENCE = "https://developers.line.biz/en/reference/messaging-api/";
/** Longest excerpt of a wrong value. */
const MAX_EXCERPT = 100;

let findFaults: FindMessageFaults | undefined;

/** What LINE's rules and limits refuse in a template whose places hold next to nothing. */
export function ruleFaults(template: LineTemplate): TemplateFault[] {
  // Made for the first template: most commands read no more than a market's name.
  findFaults ??= createFindMessageFaults(new Set());
  const find = findFaults;
  const messages = filledMessages(template, sampleValue);
  // One after the other, so that each message's faults are told at once.
  return messages.flatMap((message, index) =>
    (find([message])?.faults ?? []).map((fault) => {
      const [, ...path] = fault.path;
      return { path: [index, ...path], told: explained(fault, valueAt(message, path)) };
    }),
  );
}

function explained({ message, allowed }: MessageFault, value: unknown): string {
  const [, units] = /^Length must be between 0 and (\d+)$/.exec(message) ?? [];
  if (units !== undefined && typeof value === "string") {
    return `has ${value.length} UTF-16 units, and LINE takes ${units}; shorten it`;
  }
  const [, characters] = /^must not be longer than (\d+) characters$/.exec(message) ?? [];
  if (characters !== undefined && typeof value === "string") {
    return `has ${[...value].length} characters (code points), and LINE takes ${characters}; shorten it`;
  }
  const [, size] = /^the (?:bubble|carousel) is too large$/.exec(message) ? ["", value] : [];
  if (size !== undefined) {
    return `${message}: ${Buffer.byteLength(JSON.stringify(size))} bytes as JSON, and LINE takes 30 KB for a bubble, 50 KB for a carousel; shorten it`;
  }
  if (message === "unknown field") return "LINE knows no such field here; correct or remove it";
  const said = value === undefined ? "is missing" : `${excerpt(value)} is not allowed`;
  const wanted = allowed === undefined ? "" : `; allowed: ${allowed.join(", ")}`;
  return `${said}: ${message}${wanted}; see ${REFERENCE}`;
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= MAX_EXCERPT ? text : `${text.slice(0, MAX_EXCERPT)}…`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}
