/** Deletes what is older than `time` (milliseconds since 1970) from a map whose entries are in order of time. */
export function forgetBefore(entries: Map<string, { at: number }>, time: number): void {
  for (const [key, { at }] of entries) {
    if (at >= time) {
      return;
    }
    entries.delete(key);
  }
}
