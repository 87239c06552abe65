const ISO_8601 =
  /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A date and, if the text has one, a time: `2026-12-01`, `10:00`. */
export interface LocalTime {
  date: string;
  time: string | undefined;
}

/**
 * Reads ISO 8601 dates and times as the local time of a time zone (IANA). A time without an offset
 * is local time already. Undefined for a text that is not a date.
 */
export function createLocalTime(timeZone: string): (iso: string) => LocalTime | undefined {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (iso) => {
    const [, date, time, offset] = ISO_8601.exec(iso.trim()) ?? [];
    if (date === undefined || !isRealDate(date)) return undefined;
    if (offset === undefined) return isTime(time) ? { date, time } : undefined;
    const instant = new Date(iso.trim().toUpperCase());
    if (Number.isNaN(instant.getTime())) return undefined;
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    return {
      date: `${parts.get("year")?.padStart(4, "0")}-${parts.get("month")}-${parts.get("day")}`,
      time: `${parts.get("hour")}:${parts.get("minute")}`,
    };
  };
}

/** Writes times (ms) as the local time of a time zone (IANA), for example `2026-12-01 10:00`. */
export function createTimeOf(timeZone: string): (milliseconds: number) => string {
  const localTime = createLocalTime(timeZone);
  return (milliseconds) => {
    const { date, time } = localTime(new Date(milliseconds).toISOString()) ?? {};
    return [date, time].join(" ");
  };
}

/** JavaScript reads 31 February as a day in March. */
function isRealDate(date: string): boolean {
  const instant = new Date(`${date}T00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
}

function isTime(time: string | undefined): boolean {
  return time === undefined || /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time);
}
