import type { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import { manyLines } from "../../../shared/text/many-lines.ts";
import { oneLine } from "../../../shared/text/one-line.ts";
import { shortenUnits } from "../../../shared/text/shorten.ts";
import * as tolerant from "../genesys/tolerant.ts";
import { cardMessages } from "../line/card-messages.ts";
import type { LineAttachment } from "../line/line-attachment.ts";
import type { Scope } from "../line/scope.ts";
import { answerTap, linkTap, type Tap } from "../line/taps.ts";
import { textMessages } from "../line/text-messages.ts";
import { phoneUri } from "../line/urls.ts";
import { solid } from "../text/solid.ts";
import { splitTemplates, type TemplateCall } from "../text/template-marker.ts";
import { mediaMessages } from "./attachment.ts";

/** UTF-16 units. More than LINE shows; they keep hostile templates from growing without limit. */
const MAX_TEXT = 10_000;
const MAX_PARAMETER = 1_000;

const parameters = tolerant.list(z.object({ name: tolerant.text, text: z.string() }));
type Parameters = z.infer<typeof parameters>;

const part = z.object({ text: tolerant.text, parameters }).catch({ text: "", parameters: [] });

const templateButton = z.object({
  type: tolerant.text,
  text: tolerant.text,
  index: tolerant.number,
  phoneNumber: tolerant.text,
  url: tolerant.text,
  payload: tolerant.text,
  parameters,
});

type TemplateButton = z.infer<typeof templateButton>;

const notificationContent = z.object({
  template: z.object({
    header: part,
    body: part,
    footer: part,
    buttons: tolerant.list(templateButton),
  }),
});

/**
 * The image or video of the header, then a card with the buttons, or a text if there are no buttons, then the brand's
 * templates that the texts name. Undefined if there is nothing to show.
 */
export function notificationMessages(
  content: unknown,
  scope: Scope,
  hosted: LineAttachment | undefined,
): messagingApi.Message[] | undefined {
  const parsed = notificationContent.safeParse(content);
  if (!parsed.success) return undefined;
  const { header, body, footer, buttons } = parsed.data.template;
  const media = hosted === undefined ? [] : mediaMessages(hosted, scope);
  const calls: TemplateCall[] = [];
  const title = filled(header, calls);
  const main = mainText(body, calls);
  const text = [main, filled(footer, calls)].filter(Boolean).join("\n\n");
  const taps: Tap[] = [];
  const lines: string[] = [];
  for (const button of inOrder(buttons)) {
    const tap = tapOf(button, scope);
    if (tap === undefined) lines.push(lineOf(button));
    else taps.push(tap);
  }
  const messages =
    taps.length > 0
      ? cardMessages([{ title: oneLine(title), text, buttons: taps, lines }])
      : textMessages([title, text, lines.join("\n")].filter(Boolean).join("\n\n"));
  const all = [...media, ...messages, ...calls.flatMap((call) => scope.template(call))];
  return all.length > 0 ? all : undefined;
}

/**
 * Whether a text says what the notification does, with its parameters: Genesys Cloud puts that into the message's text,
 * too. In it a parameter cannot be told from a part of a marker any more. Blanks do not count.
 */
export function saysNotification(text: string, content: unknown): boolean {
  const parsed = notificationContent.safeParse(content);
  if (!parsed.success) return false;
  const { header, body, footer } = parsed.data.template;
  const words = ({ text, parameters }: z.infer<typeof part>) => solid(replaced(text, parameters));
  const said = solid(text);
  const all = [header, body, footer].map(words).join("");
  return said !== "" && (said === words(body) || said === all);
}

function inOrder(buttons: TemplateButton[]): TemplateButton[] {
  return buttons
    .map((button, position) => ({ button, place: button.index ?? position }))
    .sort((one, other) => one.place - other.place)
    .map(({ button }) => button);
}

function tapOf(button: TemplateButton, scope: Scope): Tap | undefined {
  const { type, phoneNumber } = button;
  const text = replaced(button.text, button.parameters);
  const number = phoneUri(phoneNumber) ?? "";
  if (type === "PhoneNumber") return linkTap(text || phoneNumber, number, scope);
  const url = replaced(button.url, button.parameters);
  if (type === "Url" || (type !== "QuickReply" && url !== "")) return linkTap(text, url, scope);
  const payload = replaced(button.payload, button.parameters);
  const isEmpty = oneLine(text) === "" && oneLine(payload) === "";
  return isEmpty ? undefined : answerTap("QuickReply", { text, payload }, scope);
}

function lineOf({ text, phoneNumber, url, parameters }: TemplateButton): string {
  const parts = [text, phoneNumber, url].map((value) => oneLine(replaced(value, parameters)));
  return parts.filter(Boolean).join(": ");
}

/** Only the provider knows the text of some templates. Then the parameters are all that can be shown. */
function mainText(body: z.infer<typeof part>, calls: TemplateCall[]): string {
  const own: TemplateCall[] = [];
  const text = filled(body, own);
  calls.push(...own);
  if (text !== "" || own.length > 0) return text;
  const bare = body.parameters.map((parameter) => parameter.text).join("\n");
  return filled({ text: bare, parameters: [] }, calls);
}

/** The words; what templates they name goes to `calls`. A parameter in a template's value stays in that value. */
function filled({ text, parameters }: z.infer<typeof part>, calls: TemplateCall[]): string {
  const words = splitTemplates(text).map((piece) => {
    if (typeof piece !== "string") {
      calls.push(replacedIn(piece, parameters));
      return "";
    }
    const pieces = splitTemplates(replaced(piece, parameters));
    calls.push(...pieces.filter((inner) => typeof inner !== "string"));
    return pieces.filter((inner) => typeof inner === "string").join("\n");
  });
  return manyLines(words.filter(Boolean).join("\n"));
}

function replacedIn({ name, values }: TemplateCall, parameters: Parameters): TemplateCall {
  return {
    name: replaced(name, parameters),
    values: values.map(({ place, value }) => ({ place, value: replaced(value, parameters) })),
  };
}

/** `{{1}}` is the first parameter, `{{name}}` the one with that name. */
function replaced(text: string, parameters: Parameters): string {
  if (parameters.length === 0) return text;
  const values = new Map(parameters.map((parameter, index) => [`${index + 1}`, parameter.text]));
  for (const { name, text } of parameters) if (name !== "") values.set(name, text);
  const whole = shortenUnits(text, MAX_TEXT).replace(
    /\{\{\s*([^{}\s]{1,64})\s*\}\}/g,
    (placeholder, name) => shortenUnits(values.get(name) ?? placeholder, MAX_PARAMETER),
  );
  return shortenUnits(whole, MAX_TEXT);
}
