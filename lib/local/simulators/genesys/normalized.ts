import * as z from "zod";
import type { DesktopAttachment, NewDesktopMessage } from "./desktop.ts";
import type { MessagingIntegration } from "./integration.ts";

/** `OpenMessagingChannel` of an answer: the bridge's channel and what Genesys adds to it. */
export function normalizedChannel({ integrationId }: MessagingIntegration, channel: object) {
  const to = { id: integrationId };
  return { id: integrationId, platform: "Open", type: "Private", to, ...channel };
}

/** A content item of an answer. */
export function asContent({ attachment }: { attachment: object }) {
  return { contentType: "Attachment", attachment };
}

/** An inbound body as the agent sees it. */
export function desktopMessage(body: {
  channel: {
    from: { nickname?: string | undefined };
    time: string;
    messageId?: string | undefined;
    metadata?: { customAttributes?: Record<string, string> | undefined } | undefined;
  };
  text?: string | undefined;
  content?: { attachment: DesktopAttachment }[] | undefined;
  metadata?: Record<string, string> | undefined;
}): NewDesktopMessage {
  return {
    text: body.text,
    attachments: (body.content ?? []).map(({ attachment }) => attachment),
    customAttributes: body.channel.metadata?.customAttributes ?? {},
    metadata: body.metadata ?? {},
    nickname: body.channel.from.nickname,
    messageId: body.channel.messageId,
    time: body.channel.time,
  };
}

const contentType = z.object({ contentType: z.string() });

/** One line for people who watch the local run. */
export function shownText(message: {
  text?: string | undefined;
  attachments: DesktopAttachment[];
  structured?: unknown[] | undefined;
}): string {
  const types = (message.structured ?? []).flatMap(
    (item) => contentType.safeParse(item).data?.contentType ?? [],
  );
  const attachments = message.attachments.map(
    ({ mediaType, filename, url }) => `[${mediaType} ${filename ?? url ?? ""}]`,
  );
  const structured = [...new Set(types)].map((type) => `[${type}]`);
  return [message.text ?? "", ...structured, ...attachments]
    .filter((part) => part !== "")
    .join(" · ");
}
