import type { DeskMessage } from "../../../../../../lib/local/console/page/wire.ts";

/** A message of the transcript with these changes. */
export function deskMessage(change: Partial<DeskMessage> = {}): DeskMessage {
  return {
    id: "m",
    at: Date.parse("2026-11-30T12:00:00"),
    conversationId: "c",
    direction: "Inbound",
    attachments: [],
    customAttributes: {},
    metadata: {},
    time: "2026-11-30T12:00:00Z",
    ...change,
  };
}
