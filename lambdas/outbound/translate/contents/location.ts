import type { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import { oneLine } from "../../../shared/text/one-line.ts";
import { shortenUnits } from "../../../shared/text/shorten.ts";
import * as tolerant from "../genesys/tolerant.ts";
import type { Scope } from "../line/scope.ts";
import { textMessages } from "../line/text-messages.ts";
import { webLink } from "../line/urls.ts";
import { type Place, placeOf } from "../text/maps-link.ts";

/**
 * UTF-16 units, for the title and for the address. Both are required.
 * https://developers.line.biz/en/reference/messaging-api/#location-message
 */
const MAX_PLACE = 100;

const locationContent = z.object({
  location: z.object({
    text: tolerant.text,
    address: tolerant.text,
    url: tolerant.text,
    latitude: tolerant.number,
    longitude: tolerant.number,
  }),
});

/** A LINE location for a text that is only a Google Maps link with coordinates, otherwise undefined. */
export function mapsLocation(text: string, scope: Scope): messagingApi.LocationMessage | undefined {
  const place = placeOf(text);
  return place === undefined ? undefined : location(place, scope);
}

/**
 * A LINE location, or a text if the coordinates are missing; undefined if there is nothing to show. A name or
 * an address that is too long for a location also goes before it, as text.
 */
export function locationMessages(
  content: unknown,
  scope: Scope,
): messagingApi.Message[] | undefined {
  const parsed = locationContent.safeParse(content);
  if (!parsed.success) return undefined;
  const { text, address, url, latitude, longitude } = parsed.data.location;
  const [name, where] = [oneLine(text), oneLine(address)];
  const isOnEarth =
    latitude !== undefined &&
    longitude !== undefined &&
    Math.abs(latitude) <= 90 &&
    Math.abs(longitude) <= 180;
  if (isOnEarth) {
    const tooLong = [name, where].filter((line) => line.length > MAX_PLACE);
    return [
      ...textMessages(tooLong.join("\n")),
      location({ name, address: where, latitude, longitude }, scope),
    ];
  }
  const messages = textMessages([name, where, webLink(url) ?? ""].filter(Boolean).join("\n"));
  return messages.length > 0 ? messages : undefined;
}

function location(
  { name, address = "", latitude, longitude }: Place & { address?: string },
  { words }: Scope,
): messagingApi.LocationMessage {
  return {
    type: "location",
    title: shortenUnits(name || address || words.location, MAX_PLACE),
    address: shortenUnits(address || `${latitude}, ${longitude}`, MAX_PLACE),
    latitude,
    longitude,
  };
}
