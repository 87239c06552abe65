import { sqsRecord } from "../../lambdas/sqs-record.ts";
import { httpEvent, sign } from "../../lambdas/webhook-event.ts";
import { SIGNING_SECRET } from "./stand-ins.ts";

const CUSTOMER = "U4af4980629";

/** The events of a function's first two invocations, by its service: one text message each. */
export function twoEvents(service: string, brand: string): object[] {
  return ["one", "two"].map((id) => eventOf(service, brand, id));
}

function eventOf(service: string, brand: string, id: string): object {
  const lineEvent = {
    type: "message",
    mode: "active",
    timestamp: Date.now(),
    webhookEventId: id,
    replyToken: id,
    deliveryContext: { isRedelivery: false },
    source: { type: "user", userId: CUSTOMER },
    message: { type: "text", id, text: "สวัสดีค่ะ", quoteToken: "q" },
  };
  const agentMessage = {
    id,
    type: "Text",
    direction: "Outbound",
    text: "สวัสดีค่ะ",
    channel: { to: { id: CUSTOMER }, time: new Date().toISOString() },
    originatingEntity: "Human",
  };
  switch (service) {
    case "worker":
      return queued(brand, id, { kind: "line-event", brand, event: lineEvent });
    case "outbound-sender":
      return queued(brand, id, { kind: "message", brand, message: agentMessage });
    case "outbound-webhook": {
      const body = JSON.stringify(agentMessage);
      const signature = `sha256=${sign(body, SIGNING_SECRET)}`;
      return httpEvent(brand, body, { "x-hub-signature-256": signature });
    }
    case "inbound": {
      const body = JSON.stringify({ destination: "U8e", events: [lineEvent] });
      return httpEvent(brand, body, { "x-line-signature": sign(body, SIGNING_SECRET) });
    }
    default:
      return httpEvent(brand, JSON.stringify(agentMessage), {});
  }
}

function queued(brand: string, id: string, body: object): object {
  const now = String(Date.now());
  const attributes = { SentTimestamp: now, ApproximateFirstReceiveTimestamp: now };
  return { Records: [sqsRecord(id, `${brand}#${CUSTOMER}`, body, attributes)] };
}
