import * as z from "zod";
import { type Button, decodeButton } from "../../shared/genesys/button-data.ts";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";
import { oneLine } from "../../shared/text/one-line.ts";
import { readableData } from "./readable-data.ts";
import type { Content } from "./translation.ts";

/** UTF-16 units; LINE allows as many in the data. */
const MAX_DATA = 300;
/** Dates are far shorter. Any other text must not fill the note. */
const MAX_PICKED = 40;

/** https://developers.line.biz/en/reference/messaging-api/#postback-event */
const postbackEvent = z.looseObject({
  postback: z.looseObject({
    data: z.string(),
    params: z
      .looseObject({
        date: z.string().nullish(),
        time: z.string().nullish(),
        datetime: z.string().nullish(),
        newRichMenuAliasId: z.string().nullish(),
        status: z.string().nullish(),
      })
      .nullish(),
  }),
});

/** A tap on a button. Undefined for a tap that only switches the rich menu. */
export function translatePostback(event: WebhookEvent): Content | undefined {
  const { data, params } = postbackEvent.parse(event).postback;
  if (params?.newRichMenuAliasId || params?.status) return undefined;
  const picked = params?.datetime || params?.date || params?.time || "";
  const ours = decodeButton(data);
  if (ours === undefined) return { text: otherSystemsNote(data, picked) };
  if (ours.kind === "reference") return { text: "[LINE BUTTON: expired]", button: ours };
  const button = answered(ours.button, picked);
  return { text: button.text, button: { kind: "button", button } };
}

/** The button with the customer's answer. The answer to a date picker is the date, which the button does not hold. */
function answered(button: Button, picked: string): Button {
  const date = readableDate(picked);
  if (button.type === "DatePicker" && date !== "")
    return { ...button, text: date, payload: picked };
  return { ...button, text: button.text || button.payload || "[LINE BUTTON: no text]" };
}

function otherSystemsNote(data: string, picked: string): string {
  const said = [oneLine(readableData(data), MAX_DATA), readableDate(picked)];
  const words = said.filter(Boolean).join(" - ");
  return words === "" ? "[LINE POSTBACK]" : `[LINE POSTBACK: ${words}]`;
}

/** LINE writes `2026-12-01T10:00`. */
function readableDate(picked: string): string {
  return oneLine(picked.replace(/^(\d{4}-\d\d-\d\d)T(?=\d)/, "$1 "), MAX_PICKED);
}
