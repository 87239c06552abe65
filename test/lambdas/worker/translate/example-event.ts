import type { BrandSettings } from "../../../../lambdas/shared/contract/brand-settings.ts";
import { brandSettingsSchema, NOTES } from "../../../../lambdas/shared/contract/brand-settings.ts";
import type { WebhookEvent } from "../../../../lambdas/shared/line/webhook-event.ts";
import { translateLineEvent } from "../../../../lambdas/worker/translate/line-event.ts";

type Settings = Pick<BrandSettings, "stickers" | "groups" | "notes">;

export const defaults: Settings = brandSettingsSchema.parse({ customAttributes: {} });

/** Everything that a brand can switch on. */
export const everything: Settings = { stickers: "image", groups: "bridge", notes: [...NOTES] };

export const user = { type: "user", userId: "U4af4980629" };
export const group = { type: "group", groupId: "Ca56f94637c", userId: "U4af4980629" };
export const room = { type: "room", roomId: "Ra8dbf4673c", userId: "U4af4980629" };

export const EVENT_ID = "01FZ74A0TDDPYRVKNK77XKC3ZR";
export const MESSAGE_ID = "468789577898262530";

/** An event with the properties that all have; `undefined` takes one away. */
export function eventOf(type: string, fields: object = {}): WebhookEvent {
  return {
    type,
    mode: "active",
    timestamp: 1_795_392_000_000,
    webhookEventId: EVENT_ID,
    deliveryContext: { isRedelivery: false },
    source: user,
    replyToken: "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA",
    ...fields,
  };
}

/** The event of a message whose id is MESSAGE_ID. */
export function messageEventOf(message: object, fields: object = {}): WebhookEvent {
  return eventOf("message", { message: { id: MESSAGE_ID, ...message }, ...fields });
}

/** What agents read for a message; undefined where it is only counted. */
export function textOf(message: object, settings: Settings = defaults): string | undefined {
  return translateLineEvent(messageEventOf(message), settings)?.text;
}
