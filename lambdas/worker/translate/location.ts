import * as z from "zod";
import type { Content } from "./translation.ts";

const coordinate = z.string().regex(/^-?[\d.]+(?:[eE][-+]?\d+)?$/);

/** Title and address may be missing. https://developers.line.biz/en/reference/messaging-api/#wh-location */
const locationMessage = z.looseObject({
  title: z.string().nullish(),
  address: z.string().nullish(),
  latitude: coordinate,
  longitude: coordinate,
});

/**
 * Title, address and a Google Maps link (https://developers.google.com/maps/documentation/urls/get-started), each on
 * its own line.
 */
export function translateLocation(message: unknown): Content {
  const { title, address, latitude, longitude } = locationMessage.parse(message);
  const link = `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;
  return { text: [title, address, link].filter(Boolean).join("\n") };
}
