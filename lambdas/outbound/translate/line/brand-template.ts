import type { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import {
  createFindMessageFaults,
  type FindMessageFaults,
  type MessageFaults,
} from "../../../shared/contract/line-rules/message-faults.ts";
import { filledMessages } from "../../../shared/contract/line-templates/fill-template.ts";
import type { LineTemplate } from "../../../shared/contract/line-templates/line-template.ts";
import { sameName } from "../../../shared/contract/line-templates/same-name.ts";
import { templatePlaces } from "../../../shared/contract/line-templates/template-places.ts";
import { type TemplateCall, templateNotSendable } from "../text/template-marker.ts";
import type { Scope } from "./scope.ts";
import { valueInField } from "./value-in-field.ts";

export type LineTemplates = Readonly<Record<string, LineTemplate>>;

/** How many names an agent reads at once. */
const MAX_NAMES = 20;

export interface TemplateContext extends Pick<Scope, "mediaUrl"> {
  /** The brand's, by their names as `sameName` gives them. */
  templates: LineTemplates;
  /** Origins whose media may be shown although it is not https. */
  trustedOrigins: ReadonlySet<string>;
  /** User, group or room. */
  to: string;
}

/**
 * The messages of a brand's template with its places filled. Throws PermanentFailure, whose message names template
 * and place and how to put it right, never a value: for an unknown name, a value that is missing, or given twice, or
 * that has no place, and for one that LINE does not take where it stands.
 */
export function brandTemplateMessages(
  call: TemplateCall,
  context: TemplateContext,
): messagingApi.Message[] {
  const { templates, trustedOrigins, to } = context;
  const name = sameName(call.name);
  const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
  if (template === undefined) throw unknownName(templates);
  const values = valuesOf(call, name, template);
  const filled = filledMessages(template, (place, field) => {
    const value = valueInField(values.get(place) ?? "", field, context);
    if (value !== undefined) return value;
    throw templateNotSendable(
      `The template "${name}" does not take this value for the place "${place}": ${WANTED[field.kind]}.`,
    );
  });
  const found = rulesFor(trustedOrigins)(filled, to);
  if (found !== undefined) throw refusedByRules(name, template, found);
  return lineMessages.parse(filled);
}

const WANTED = {
  text: "write something visible",
  line: "write something visible",
  data: "write something visible",
  link: "a link there begins with https:, http:, line: or tel:, and a part of one is not . or ..",
  media:
    "the address of an image, video or audio begins with https:, and a part of one is not . or ..",
} as const;

/** Gives the values by their places. Throws unless each place has one, and each value a place. */
function valuesOf(call: TemplateCall, name: string, template: LineTemplate): Map<string, string> {
  const places = new Set(templatePlaces(template).map(({ place }) => place));
  const fields = [name, ...[...places].map((place) => `${place}: …`)].join(" | ");
  const usage = `Write [LINE TEMPLATE: ${fields}].`;
  const values = new Map<string, string>();
  for (const { place: written, value } of call.values) {
    const place = sameName(written);
    if (!places.has(place)) {
      throw templateNotSendable(`The template "${name}" has no such place. ${usage}`);
    }
    if (values.has(place)) {
      throw templateNotSendable(
        `The template "${name}" gets two values for the place "${place}". ${usage}`,
      );
    }
    values.set(place, value);
  }
  const missing = [...places].filter((place) => !values.has(place)).map((place) => `"${place}"`);
  if (missing.length > 0) {
    throw templateNotSendable(
      `The template "${name}" needs a value for the place ${missing.join(", ")}. ${usage}`,
    );
  }
  return values;
}

function unknownName(templates: LineTemplates) {
  const names = Object.keys(templates);
  const some = names.slice(0, MAX_NAMES).join(", ");
  return templateNotSendable(
    names.length === 0
      ? "The brand has no LINE templates. Leave the marker out, or give the brand templates in its settings."
      : `The brand has no LINE template of this name. It has: ${some}${names.length > MAX_NAMES ? ", …" : ""}.`,
  );
}

function refusedByRules(name: string, template: LineTemplate, { faults: [fault] }: MessageFaults) {
  const { path = [], message = "" } = fault ?? {};
  const isThere = (spot: readonly PropertyKey[]) => path.every((part, at) => spot[at] === part);
  const spots = templatePlaces(template).filter((spot) => isThere(spot.path));
  const places = [...new Set(spots.map(({ place }) => `"${place}"`))].join(", ");
  const cause = places === "" ? "" : ` with this value for the place ${places}`;
  return templateNotSendable(
    `LINE does not take the template "${name}"${cause}: ${path.slice(1).join("/")}: ${message}.`,
  );
}

const rules = new WeakMap<ReadonlySet<string>, FindMessageFaults>();

/** Made when the first template is sent: most senders never need them. */
function rulesFor(exempt: ReadonlySet<string>): FindMessageFaults {
  const known = rules.get(exempt) ?? createFindMessageFaults(exempt);
  rules.set(exempt, known);
  return known;
}

/** The rules have checked what is in them. */
const lineMessages = z.array(
  z.custom<messagingApi.Message>((message) => typeof message === "object" && message !== null),
);
