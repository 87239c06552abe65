import type { messagingApi } from "@line/bot-sdk";
import {
  linePushes,
  type RenderContext,
  type Rendering,
} from "../../../../lambdas/outbound/translate/line-pushes.ts";
import type { OutboundMessage } from "../../../../lambdas/shared/genesys/outbound-message.ts";
import { createMessageRules } from "../../../../lib/local/simulators/line/message-rules.ts";

export const MESSAGE_ID = "c327c2078ca056db130c55ce648d9fa2";

export const context: RenderContext = {
  attachments: new Map(),
  images: new Map(),
  mapsLinks: "text",
  choicesInText: false,
  templates: {},
  timeZone: "Asia/Tokyo",
  language: "en",
  trustedOrigins: new Set(),
};

export function messageOf(parts: { text?: string; content?: unknown[] }): OutboundMessage {
  return { id: MESSAGE_ID, type: "Structured", channel: { to: { id: "U4af4980629" } }, ...parts };
}

const strict = createMessageRules(context.trustedOrigins);

/** Renders a message and proves that LINE would take every push. */
export function render(
  parts: { text?: string; content?: unknown[] },
  settings: Partial<RenderContext> = {},
): Rendering {
  return renderMessage(messageOf(parts), settings);
}

/** The same for a whole message. */
export function renderMessage(
  message: OutboundMessage,
  settings: Partial<RenderContext> = {},
): Rendering {
  const rendering = linePushes(message, { ...context, ...settings });
  const { trustedOrigins } = settings;
  const checkMessages = trustedOrigins ? createMessageRules(trustedOrigins) : strict;
  for (const push of rendering.pushes) {
    expect(push.length).toBeGreaterThan(0);
    expect(push.length).toBeLessThanOrEqual(5);
    checkMessages(JSON.parse(JSON.stringify(push)), "U4af4980629");
  }
  return rendering;
}

/** The messages of a message with this content alone. */
export function rendered(
  content: unknown,
  settings: Partial<RenderContext> = {},
): messagingApi.Message[] {
  return render({ content: [content] }, settings).pushes.flat();
}

/** Every text that a customer can read, and every label, in order. */
export function readable(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(readable);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "string" && ["text", "title", "label", "address"].includes(key)
      ? [inner]
      : readable(inner),
  );
}

/** The actions of all that can be tapped, in order. */
export function taps(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(taps);
  if (typeof value !== "object" || value === null) return [];
  const { type } = value as { type?: unknown };
  const isAction = ["postback", "uri", "datetimepicker"].includes(String(type));
  return isAction ? [value as Record<string, unknown>] : Object.values(value).flatMap(taps);
}
