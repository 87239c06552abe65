import { httpEvent, sign } from "../../lambdas/webhook-event.ts";
import { SIGNING_SECRET } from "../start/stand-ins.ts";
import type { WarmRequest } from "./keep-warm.ts";

/** A customer's text message as LINE tells of it, the nth of a brand. Customers differ, so SQS takes ten in one batch. */
export function lineEvent(n: number) {
  return {
    type: "message",
    mode: "active",
    timestamp: Date.now(),
    source: { type: "user", userId: `U${String(n).padStart(32, "0")}` },
    webhookEventId: `01K${String(n).padStart(23, "0")}`,
    deliveryContext: { isRedelivery: false },
    replyToken: String(n).padStart(32, "0"),
    message: { type: "text", id: String(n).padStart(18, "5"), text: "สวัสดีค่ะ", quoteToken: "q" },
  };
}

/** The nth webhook with so many events, as LINE posts it to an app. */
export function lineRequest(brand: string, events: number, n: number): WarmRequest {
  const body = bodyOf(events, n);
  return {
    path: `/line/${brand}`,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "LineBotWebhook/2.0",
      "x-line-signature": sign(body, SIGNING_SECRET),
    },
    body,
    expected: "OK",
  };
}

/** The same webhook as JSON, as API Gateway hands it to a function. */
export function lineInvocation(brand: string, events: number, n: number): string {
  const { headers, body } = lineRequest(brand, events, n);
  return JSON.stringify(httpEvent(brand, body, headers));
}

function bodyOf(events: number, n: number): string {
  const all = Array.from({ length: events }, (_, index) => lineEvent(n * events + index));
  return JSON.stringify({ destination: `U${"8e".repeat(16)}`, events: all });
}
