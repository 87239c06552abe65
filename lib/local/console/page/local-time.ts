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
