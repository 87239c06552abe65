/** Times from a moment to a message's arrival at the other platform, in ms; those that did not arrive are endless. */
export interface Measured {
  p50: number;
  p95: number;
  max: number;
  sent: number;
  missing: number;
}

export interface Sent {
  mark: string;
  /** Where its time begins, in ms. */
  at: number;
}

/** `arrived` by mark, in ms. */
export function measured(sent: readonly Sent[], arrived: ReadonlyMap<string, number>): Measured {
  const times = sent
    .map(({ mark, at }) => (arrived.get(mark) ?? Number.POSITIVE_INFINITY) - at)
    .toSorted((one, other) => one - other);
  const quantile = (share: number) => times[Math.ceil(times.length * share) - 1] ?? 0;
  return {
    p50: quantile(0.5),
    p95: quantile(0.95),
    max: quantile(1),
    sent: times.length,
    missing: times.filter((time) => !Number.isFinite(time)).length,
  };
}
