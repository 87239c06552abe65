import * as z from "zod";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";
import { oneLine } from "../../shared/text/one-line.ts";

/** LINE's ids have 10 hexadecimal digits, device messages up to 26. */
const MAX_ID = 40;

const beaconEvent = z.looseObject({
  beacon: z.looseObject({ type: z.string(), hwid: z.string(), dm: z.string().nullish() }),
});

const WORDS = new Map([
  ["enter", "the customer has entered the range of"],
  ["banner", "the customer has tapped the banner of"],
  ["stay", "the customer is still in the range of"],
]);

/** https://developers.line.biz/en/reference/messaging-api/#beacon-event */
export function beaconNote(event: WebhookEvent): string {
  const { type, hwid, dm } = beaconEvent.parse(event).beacon;
  const words = WORDS.get(type) ?? oneLine(type, MAX_ID);
  const message = dm ? `, message ${oneLine(dm, MAX_ID)}` : "";
  return `[LINE BEACON: ${words} beacon ${oneLine(hwid, MAX_ID)}${message}]`;
}
