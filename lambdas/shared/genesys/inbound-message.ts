/** Media of an inbound message. Genesys Cloud fetches `url` without credentials. */
export interface InboundAttachment {
  mediaType: "Image" | "Video" | "Audio" | "File";
  url: string;
  mime: string;
  filename?: string;
  /** Caption. */
  text?: string;
}

interface InboundChannel {
  from: { id: string; idType: "Opaque"; nickname?: string };
  /** ISO 8601 */
  time: string;
  messageId: string;
  metadata: { customAttributes: Record<string, string> };
}

/**
 * Body of POST /api/v2/conversations/messages/{integrationId}/inbound/open/message, as far as the
 * bridge fills it in. `customAttributes` is accepted by the API but missing in its published model.
 * It holds a text, an attachment (Genesys Cloud takes one per message), or both.
 */
export interface InboundMessage {
  channel: InboundChannel;
  text?: string;
  content?: [{ attachment: InboundAttachment }];
}

/** Body of POST …/{integrationId}/inbound/open/structured/response: the customer has tapped a button. */
export interface InboundStructuredResponse {
  channel: InboundChannel;
  buttonResponse: { type: ButtonType; text: string; payload: string };
  /** Id of the Genesys message that had the button. */
  originatingMessageId: string;
}

export type ButtonType = "Button" | "QuickReply" | "DatePicker";

/** Body of POST …/{integrationId}/inbound/open/receipt. */
export interface InboundReceipt {
  id: string;
  channel: { to: { id: string }; time: string };
  status: "Delivered" | "Failed";
  reasons?: { code: string; message: string }[];
  isFinalReceipt: true;
}
