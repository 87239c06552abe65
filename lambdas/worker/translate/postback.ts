import * as z from "zod";
import { type Button, decodeButton } from "../../shared/genesys/button-data.ts";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";
import { oneLine } from "../../shared/text/one-line.ts";
import { readableData } from "./readable-data.ts";
import type { Content } from "./translation.ts";

/** UTF-16 units; LINE allows as many in the data. */
const MAX_DATA = 300;
/** Dates are far shorter; what is not one must not flood the note. */
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

/** A tap on a button. Undefined for a tab of a rich menu, by which the customer says nothing. */
export function translatePostback(event: WebhookEvent): Content | undefined {
  const { data, params } = postbackEvent.parse(event).postback;
  if (params?.newRichMenuAliasId || params?.status) return undefined;
  const picked = params?.datetime || params?.date || params?.time || "";
  const ours = decodeButton(data);
  if (ours === undefined) return { text: foreign(data, picked) };
  if (ours.kind === "reference") return { text: "[LINE BUTTON: no longer known]", button: ours };
  const button = answered(ours.button, picked);
  return { text: button.text, button: { kind: "button", button } };
}

/** The button with the customer's answer, which only LINE's date picker knows. */
function answered(button: Button, picked: string): Button {
  const date = readableDate(picked);
  if (button.type === "DatePicker" && date !== "")
    return { ...button, text: date, payload: picked };
  return { ...button, text: button.text || button.payload || "[LINE BUTTON: without a text]" };
}

function foreign(data: string, picked: string): string {
  const said = [oneLine(readableData(data), MAX_DATA), readableDate(picked)];
  const words = said.filter(Boolean).join(" - ");
  return words === "" ? "[LINE POSTBACK]" : `[LINE POSTBACK: ${words}]`;
}

/** LINE writes `2026-12-01T10:00`. */
function readableDate(picked: string): string {
  return oneLine(picked.replace(/^(\d{4}-\d\d-\d\d)T(?=\d)/, "$1 "), MAX_PICKED);
}
