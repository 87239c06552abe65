import type { InboundMessage } from "../../../../lambdas/shared/genesys/inbound-message.ts";
import { legacyBody } from "../../../../lambdas/worker/genesys/legacy-body.ts";

const { channel }: Pick<InboundMessage, "channel"> = {
  channel: {
    from: { id: "U1", idType: "Opaque" },
    time: "2026-11-23T00:00:00.000Z",
    messageId: "1",
    metadata: { customAttributes: { market: "Thailand" } },
  },
};
const attachment = {
  mediaType: "Image" as const,
  url: "https://media.example/a.jpg",
  mime: "image/jpeg",
};
const addressed = { ...channel, to: { id: "int/1" }, type: "Private" };

describe("the body for the older endpoint", () => {
  it("has the integration as addressee", () => {
    expect(legacyBody({ channel, text: "hello" }, "int/1")).toEqual({
      channel: addressed,
      type: "Text",
      direction: "Inbound",
      text: "hello",
    });
  });

  it("has an attachment with its content type, and no text where there is none", () => {
    const body = legacyBody({ channel, content: [{ attachment }] }, "int/1");
    expect(body).toEqual({
      channel: addressed,
      type: "Text",
      direction: "Inbound",
      content: [{ contentType: "Attachment", attachment }],
    });
    expect(body).not.toHaveProperty("text");
  });
});
