import type { InboundMessage } from "../../shared/genesys/inbound-message.ts";

/** Body of the deprecated endpoint (OpenNormalizedMessage): the integration is the addressee. */
export function legacyBody({ channel, text, content }: InboundMessage, integrationId: string) {
  return {
    channel: { ...channel, to: { id: integrationId }, type: "Private" },
    type: "Text",
    direction: "Inbound",
    ...(text !== undefined && { text }),
    ...(content !== undefined && {
      content: content.map(({ attachment }) => ({ contentType: "Attachment", attachment })),
    }),
  };
}
