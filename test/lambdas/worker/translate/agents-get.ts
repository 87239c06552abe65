import { ZodError } from "zod";
import type { WebhookEvent } from "../../../../lambdas/shared/line/webhook-event.ts";
import {
  genesysMessages,
  genesysStructuredResponse,
} from "../../../../lambdas/worker/translate/genesys-message.ts";
import { translateLineEvent } from "../../../../lambdas/worker/translate/line-event.ts";
import { describeMedia } from "../../../../lambdas/worker/translate/media.ts";
import type {
  MediaOutcome,
  Translation,
} from "../../../../lambdas/worker/translate/translation.ts";
import {
  inboundMessage,
  inboundStructuredResponse,
} from "../../../../lib/local/simulators/genesys/bodies.ts";

type Settings = Parameters<typeof translateLineEvent>[1];

/**
 * Translates an event and proves that Genesys Cloud would take all that is made of it, in the parts
 * that are promised. Says what has become of it: `refused` is the one way in which a translation
 * may fail.
 */
export function agentsGet(
  event: WebhookEvent,
  settings: Settings,
  { media, author }: { media: MediaOutcome; author?: string | undefined },
): "refused" | "counted" | "text" | "media" | "button" {
  const translation = translated(event, settings);
  if (translation === "refused") return "refused";
  // Parts are delivered once by their number, so that another try must make the same ones.
  expect(translateLineEvent(event, settings)).toEqual(translation);
  if (translation === undefined) return "counted";
  const { messageId, customer, button } = translation;
  const sender = {
    messageId,
    customer: { id: customer, nickname: undefined },
    timestamp: event.timestamp,
    customAttributes: { market: "Thailand" },
    author,
  };
  const bodies = genesysMessages(said(translation, media), sender);
  expect(bodies.length).toBeGreaterThan(0);
  for (const body of bodies) {
    expect(inboundMessage.parse(body).text?.length ?? 0).toBeLessThanOrEqual(4_000);
  }
  expect(new Set(bodies.map(({ channel }) => channel.messageId)).size).toBe(bodies.length);
  if (button?.kind === "button") {
    const response = genesysStructuredResponse(button.button, sender);
    expect(inboundStructuredResponse.parse(response).buttonResponse.text).not.toBe("");
    return "button";
  }
  return translation.media === undefined ? "text" : "media";
}

function translated(event: WebhookEvent, settings: Settings): Translation | undefined | "refused" {
  try {
    return translateLineEvent(event, settings);
  } catch (error) {
    expect(error).toBeInstanceOf(ZodError);
    return "refused";
  }
}

function said(translation: Translation, outcome: MediaOutcome) {
  if (translation.media === undefined) return translation;
  const described = describeMedia(translation.media, outcome, 1_000);
  return { ...described, text: [translation.text, described.text].filter(Boolean).join("\n") };
}
