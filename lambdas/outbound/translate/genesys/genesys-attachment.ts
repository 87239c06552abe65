import * as z from "zod";

/** An attachment in a Genesys message. https://developer.genesys.cloud/commdigital/digital/openmessaging/outboundMessages */
export const genesysAttachment = z.looseObject({
  /** `Link`, or a type that the bytes tell better. */
  mediaType: z.string().catch("File"),
  url: z.string(),
  mime: z.string().nullish(),
  filename: z.string().nullish(),
  text: z.string().nullish(),
});

export type GenesysAttachment = z.infer<typeof genesysAttachment>;
