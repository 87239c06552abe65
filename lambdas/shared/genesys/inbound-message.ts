/**
 * Body of POST /api/v2/conversations/messages/{integrationId}/inbound/open/message, as far as the
 * bridge fills it in. `customAttributes` is accepted by the API but missing in its published model.
 */
export interface InboundMessage {
  channel: {
    from: { id: string; idType: "Opaque"; nickname?: string };
    /** ISO 8601 */
    time: string;
    messageId: string;
    metadata: { customAttributes: Record<string, string> };
  };
  text: string;
}

/** Body of POST …/{integrationId}/inbound/open/receipt. */
export interface InboundReceipt {
  id: string;
  channel: { to: { id: string }; time: string };
  status: "Delivered" | "Failed";
  reasons?: { code: string; message: string }[];
  isFinalReceipt: true;
}
