import * as z from "zod";

const coordinate = z.string().regex(/^-?[\d.]+(?:[eE][-+]?\d+)?$/);

/** Title and address may be missing. https://developers.line.biz/en/reference/messaging-api/#wh-location */
export const locationMessage = z.looseObject({
  type: z.literal("location"),
  id: z.string(),
  title: z.string().nullish(),
  address: z.string().nullish(),
  latitude: coordinate,
  longitude: coordinate,
});

/** Title, address and a Google Maps link (https://developers.google.com/maps/documentation/urls/get-started), a line each. */
export function translateLocation(message: z.infer<typeof locationMessage>): string {
  const link = `https://www.google.com/maps/search/?api=1&query=${message.latitude},${message.longitude}`;
  return [message.title, message.address, link].filter(Boolean).join("\n");
}
