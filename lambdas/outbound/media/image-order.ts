import * as z from "zod/mini";

/**
 * What the sender asks of the function that converts images. Orders are under way while a version is deployed, so
 * both versions read them: see test/formats. They name no customer and hold no file name.
 */
export const imageOrderSchema = z.object({
  /** The brand's key. */
  brand: z.string(),
  /** Of the Genesys message. */
  messageId: z.string(),
  /** Under which the image is to be hosted. */
  key: z.string(),
  /** Where the sender has put what the agent attached; it is deleted when the image is hosted. */
  source: z.string(),
});

export type ImageOrder = z.infer<typeof imageOrderSchema>;

/** The key of the object that holds an order's attachment, `1`, and of what notes that it was ordered for the `nth` time. */
export function sourceKey(source: string, nth = 1): string {
  return `${source}.${nth}`;
}
