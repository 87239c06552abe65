import { oneLine } from "../../../shared/text/one-line.ts";

/** A place on Google Maps. */
export interface Place {
  /** Empty if the link has none. */
  name: string;
  latitude: number;
  longitude: number;
}

const HOST = /^(?:(?:www|maps)\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/;
const COORDINATES = /^(?:loc:)?\s*(-?\d{1,2}(?:\.\d+)?),\s*(-?\d{1,3}(?:\.\d+)?)$/;
/** The pin itself. `@` is only the middle of the map. */
const PIN = /!3d(-?\d{1,2}(?:\.\d+)?)!4d(-?\d{1,3}(?:\.\d+)?)(?=!|$)/;
const VIEW = /^@(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?=,|$)/;

/**
 * The place of a text that is only a Google Maps link with coordinates, in one of the forms that the
 * app and browsers share. Undefined for everything else, also for short links and routes.
 * https://developers.google.com/maps/documentation/urls/get-started
 */
export function placeOf(text: string): Place | undefined {
  const link = text.trim();
  if (!/^https:\/\/\S+$/i.test(link) || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (!HOST.test(url.host) || url.username !== "" || url.password !== "") return undefined;
  const [, first, ...segments] = url.pathname.split("/");
  if (first === "maps") return fromPath(segments) ?? fromQuery(url, segments);
  return url.host.startsWith("maps.") && first === "" ? fromQuery(url, []) : undefined;
}

/** `place/NAME/@LAT,LNG,17z/data=…!3dLAT!4dLNG`, `@LAT,LNG,17z`, `search/LAT,LNG` */
function fromPath([kind = "", ...rest]: string[]): Place | undefined {
  if (kind.startsWith("@")) return place("", VIEW.exec(kind));
  if (kind !== "place" && kind !== "search") return undefined;
  const name = decoded(rest[0] ?? "");
  const inName = COORDINATES.exec(name);
  if (inName !== null) return place("", inName);
  if (kind === "search") return undefined;
  const pin = rest.map((segment) => PIN.exec(segment)).find((match) => match !== null);
  const view = rest.map((segment) => VIEW.exec(segment)).find((match) => match !== null);
  return place(name, pin ?? view);
}

/** `search/?api=1&query=LAT,LNG`, `?q=LAT,LNG`, `?q=NAME&ll=LAT,LNG` */
function fromQuery(url: URL, segments: string[]): Place | undefined {
  const kind = segments.join("/");
  const value = (name: string) => url.searchParams.get(name)?.trim() ?? "";
  if (/^search\/?$/.test(kind)) return place("", COORDINATES.exec(value("query")));
  if (kind !== "") return undefined;
  const inQ = COORDINATES.exec(value("q"));
  return inQ === null ? place(value("q"), COORDINATES.exec(value("ll"))) : place("", inQ);
}

function place(name: string, match: RegExpExecArray | null | undefined): Place | undefined {
  if (!match) return undefined;
  const [latitude, longitude] = [Number(match[1]), Number(match[2])];
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return { name: oneLine(name), latitude, longitude };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment.replaceAll("+", " "));
  } catch {
    return segment;
  }
}
