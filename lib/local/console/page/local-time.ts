/** The time of day here, for example 17:05:51. */
export function localTime(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB");
}

/** For example `472 ms`, `4.2 s` or `3 min 5 s`. */
export function pauseText(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** For example `17:05`. */
export function localMinute(at: number): string {
  return localTime(at).slice(0, 5);
}

/** The day here, for example `Monday, 30 November 2026`. */
export function localDay(at: number): string {
  return new Date(at).toLocaleDateString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}
