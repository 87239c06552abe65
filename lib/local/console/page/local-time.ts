/** The time of day here, for example 17:05:51. */
export function localTime(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB");
}
