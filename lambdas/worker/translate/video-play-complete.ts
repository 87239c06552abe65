import * as z from "zod";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";
import { oneLine } from "../../shared/text/one-line.ts";

/** https://developers.line.biz/en/reference/messaging-api/#video-message */
const MAX_TRACKING_ID = 100;

const videoPlayCompleteEvent = z.looseObject({
  videoPlayComplete: z.looseObject({ trackingId: z.string() }),
});

/** https://developers.line.biz/en/reference/messaging-api/#video-viewing-complete */
export function videoPlayCompleteNote(event: WebhookEvent): string {
  const { trackingId } = videoPlayCompleteEvent.parse(event).videoPlayComplete;
  return `[LINE VIDEO PLAYED: the customer has watched the video ${oneLine(trackingId, MAX_TRACKING_ID)} to the end]`;
}
