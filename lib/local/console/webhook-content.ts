import * as z from "zod";
import type { Origin, WayKey } from "./message-way.ts";

/** What a webhook says of one message: by these ids later requests name it. */
export interface WebhookMessage {
  key: WayKey;
  /** What it is where it is no message: LINE's type of event, or `typing`. */
  kind?: string | undefined;
  /** LINE's message id. */
  messageId?: string | undefined;
  replyToken?: string | undefined;
  markAsReadToken?: string | undefined;
  /** The user, group or room. */
  chatId?: string | undefined;
  /** Genesys Cloud's ids of an agent's files. */
  downloadIds: string[];
}

const lineBody = z.object({ events: z.array(z.unknown()) });
const lineEvent = z.object({
  webhookEventId: z.string().min(1),
  type: z.string().catch("message"),
  replyToken: z.string().optional(),
  message: z.object({ id: z.string(), markAsReadToken: z.string().optional() }).optional(),
  source: z
    .object({
      userId: z.string().optional(),
      groupId: z.string().optional(),
      roomId: z.string().optional(),
    })
    .optional(),
});

const genesysBody = z.object({
  id: z.string().min(1),
  events: z.array(z.object({ eventType: z.string() })).catch([]),
  channel: z.object({ to: z.object({ id: z.string() }) }).optional(),
  content: z.array(z.unknown()).catch([]),
});
const file = z.object({ attachment: z.object({ id: z.string() }) });

const anyObject = z.looseObject({});

/** The events in the body of LINE's webhook; none where it has another form. */
export function lineEvents(body: unknown): object[] {
  const events = lineBody.safeParse(body).data?.events ?? [];
  return events.flatMap((event): object[] => {
    const { data } = anyObject.safeParse(event);
    return data === undefined ? [] : [data];
  });
}

/** The origin and the brand of a webhook's path, for example `/line/retail`; undefined for another path. */
export function webhookOf(path: string): { from: Origin; brand: string } | undefined {
  const [, platform, brand] = /^\/(line|genesys)\/([^/]+)$/.exec(path) ?? [];
  if (brand === undefined) return undefined;
  return { from: platform === "line" ? "LINE" : "Genesys", brand };
}

/** The messages in a webhook's body, whoever has sent it: what has not the platform's form is left out. */
export function webhookMessages(from: Origin, brand: string, body: unknown): WebhookMessage[] {
  return from === "LINE" ? lineMessages(brand, body) : genesysMessages(brand, body);
}

function lineMessages(brand: string, body: unknown): WebhookMessage[] {
  const events = lineBody.safeParse(body).data?.events ?? [];
  return events.flatMap((event) => {
    const { data } = lineEvent.safeParse(event);
    if (data === undefined) return [];
    const { webhookEventId: correlationId, type, replyToken, message, source } = data;
    return {
      key: { brand, correlationId, from: "LINE" },
      kind: type === "message" ? undefined : type,
      messageId: message?.id,
      markAsReadToken: message?.markAsReadToken,
      replyToken,
      chatId: source?.groupId ?? source?.roomId ?? source?.userId,
      downloadIds: [],
    };
  });
}

function genesysMessages(brand: string, body: unknown): WebhookMessage[] {
  const { data } = genesysBody.safeParse(body);
  if (data === undefined) return [];
  const { id: correlationId, events, channel, content } = data;
  return [
    {
      key: { brand, correlationId, from: "Genesys" },
      kind: events[0]?.eventType.toLowerCase(),
      chatId: channel?.to.id,
      downloadIds: content.flatMap((item) => file.safeParse(item).data?.attachment.id ?? []),
    },
  ];
}
