/** A number of bytes, for example `472 B`, `12 kB` or `3.4 MB`; decimal, as both platforms' limits are. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
