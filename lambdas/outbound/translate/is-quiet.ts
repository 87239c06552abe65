import type { BrandSettings } from "../../shared/contract/brand-settings.ts";
import { type OutboundMessage, writtenAt } from "../../shared/genesys/outbound-message.ts";
import { createLocalTime } from "../../shared/text/local-time.ts";

/**
 * Whether a message was written in the brand's quiet hours, by the time zone's (IANA) clock: from the minute `from` on,
 * and before the minute `to`. Its own time decides, so that each try is the same request. False where it does not
 * tell its time.
 */
export function isQuiet(
  message: Pick<OutboundMessage, "channel">,
  { quietHours }: Pick<BrandSettings, "quietHours">,
  timeZone: string,
): boolean {
  const at = writtenAt(message);
  if (quietHours === null || at === undefined) return false;
  const time = createLocalTime(timeZone)(new Date(at).toISOString())?.time;
  if (time === undefined) return false;
  const { from, to } = quietHours;
  return from < to ? from <= time && time < to : from <= time || time < to;
}
