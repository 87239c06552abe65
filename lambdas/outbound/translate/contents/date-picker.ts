import type { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import { createLocalTime, type LocalTime } from "../../../shared/text/local-time.ts";
import { manyLines } from "../../../shared/text/many-lines.ts";
import { oneLine } from "../../../shared/text/one-line.ts";
import * as tolerant from "../genesys/tolerant.ts";
import { cardMessages } from "../line/card-messages.ts";
import type { Scope } from "../line/scope.ts";
import { answerTap, type Tap } from "../line/taps.ts";

/** The limits of LINE's own date picker. https://developers.line.biz/en/reference/messaging-api/#date-and-time-format */
const EARLIEST = "1900-01-01T00:00";
const LATEST = "2100-12-31T23:59";

const noLocation = { text: "", address: "" };

const datePickerContent = z.object({
  datePicker: z.object({
    title: tolerant.text,
    subtitle: tolerant.text,
    imageUrl: tolerant.text,
    dateMinimum: tolerant.text,
    dateMaximum: tolerant.text,
    location: z.object({ text: tolerant.text, address: tolerant.text }).catch(noLocation),
    availableTimes: tolerant.list(z.object({ dateTime: z.string().min(1) })),
  }),
});

type DatePicker = z.infer<typeof datePickerContent>["datePicker"];

/**
 * A card that opens LINE's own date picker, or that has a button for each available time. Undefined if it cannot be
 * read.
 */
export function datePickerMessages(
  content: unknown,
  scope: Scope,
): messagingApi.Message[] | undefined {
  const parsed = datePickerContent.safeParse(content);
  if (!parsed.success) return undefined;
  const { datePicker } = parsed.data;
  const { title, subtitle, imageUrl, location, availableTimes } = datePicker;
  const texts = [manyLines(subtitle), oneLine(location.text), oneLine(location.address)];
  return cardMessages([
    {
      title: oneLine(title),
      text: texts.filter(Boolean).join("\n"),
      imageUrl: scope.mediaUrl(imageUrl),
      buttons: availableTimes.length > 0 ? times(datePicker, scope) : [picker(datePicker, scope)],
      lines: [],
    },
  ]);
}

function times({ availableTimes }: DatePicker, scope: Scope): Tap[] {
  const localTime = createLocalTime(scope.timeZone);
  const zone = /^(?:Etc\/)?UTC$/.test(scope.timeZone) ? "UTC" : undefined;
  return availableTimes.map(({ dateTime }) => {
    const local = localTime(dateTime);
    const said = local && [local.date, local.time, local.time && zone].filter(Boolean).join(" ");
    return answerTap("DatePicker", { text: said ?? dateTime, payload: dateTime }, scope);
  });
}

function picker({ dateMinimum, dateMaximum }: DatePicker, scope: Scope): Tap {
  const localTime = createLocalTime(scope.timeZone);
  const min = limit(localTime(dateMinimum), "00:00");
  const max = limit(localTime(dateMaximum), "23:59");
  // LINE refuses a minimum that is not before the maximum.
  const isEmpty = min !== undefined && max !== undefined && min >= max;
  return {
    type: "datetimepicker",
    label: scope.words.chooseDateAndTime,
    data: scope.buttonData({ type: "DatePicker", text: "", payload: "" }),
    mode: "datetime",
    ...(min !== undefined && !isEmpty && { min }),
    ...(max !== undefined && !isEmpty && { max }),
  };
}

/** `2026-12-01T10:00`; undefined for a time that LINE's picker does not accept. */
function limit(local: LocalTime | undefined, time: string): string | undefined {
  const value = local && `${local.date}T${local.time ?? time}`;
  return value !== undefined && value >= EARLIEST && value <= LATEST ? value : undefined;
}
