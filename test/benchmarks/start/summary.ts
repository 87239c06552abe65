import type { Contents } from "../../bundle-contents.ts";
import type { Times } from "./fresh-process.ts";

/** A number in each of several runs: the median, and the quarters beside it. */
export interface Spread {
  median: number;
  low: number;
  high: number;
}

/**
 * What is measured, in ms: of a processor (the process and the kernel for it), and by the clock where the process is
 * slowed down.
 */
export const MEASURES: Record<string, { pace: "full" | "slowed"; of(times: Times): number }> = {
  load: { pace: "full", of: ({ begun, loaded }) => loaded.cpu - begun.cpu },
  first: { pace: "full", of: ({ before, first }) => first.cpu - before.cpu },
  second: { pace: "full", of: ({ first, second }) => second.cpu - first.cpu },
  "to the first answer": { pace: "full", of: ({ first }) => first.cpu },
  "the same by the clock": { pace: "full", of: ({ first }) => first.wall },
  "first, slowed": { pace: "slowed", of: ({ before, first }) => first.wall - before.wall },
  "second, slowed": { pace: "slowed", of: ({ first, second }) => second.wall - first.wall },
};

export interface Measured {
  name: string;
  times: { full: Times[]; slowed: Times[] };
  /** Undefined for another version, of which only the files are known. */
  contents: { atStart: Contents; all: Contents } | undefined;
}

/** The spread of each measure, by its name. */
export function spreadsOf({ times }: Measured): Record<string, Spread> {
  return Object.fromEntries(
    Object.entries(MEASURES).map(([what, { pace, of }]) => [what, spread(times[pace].map(of))]),
  );
}

/** Of numbers in any order. */
export function spread(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((one, other) => one - other);
  const quantile = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: quantile(0.5), low: quantile(0.25), high: quantile(0.75) };
}

/** What people read: each measure of all, with its ratio to the same of `floor`, and what is in the bundles. */
export function summarize(all: readonly Measured[], floor: string): string {
  const rows = all.map((one) => ({ ...one, spreads: spreadsOf(one) }));
  const base = rows.find(({ name }) => name === floor);
  const blocks = Object.keys(MEASURES).map((what) => {
    const lines = rows.map(({ name, spreads }) => {
      const { median = 0, low = 0, high = 0 } = spreads[what] ?? {};
      const ratio = median / (base?.spreads[what]?.median ?? Number.NaN);
      return `  ${name.padEnd(26)}${median.toFixed(1).padStart(8)} (${low.toFixed(1)} to ${high.toFixed(1)})  ${ratio.toFixed(2)} x`;
    });
    return [`${what}, ms`, ...lines].join("\n");
  });
  const bytes = rows.flatMap(({ name, contents }) => {
    if (contents === undefined) return [];
    const { atStart, all: whole } = contents;
    const ratio = whole.bytes / (base?.contents?.all.bytes ?? Number.NaN);
    const largest = atStart.packages.slice(0, 5).map(([of, size]) => `${of} ${kilobytes(size)}`);
    return `  ${name.padEnd(26)}${kilobytes(whole.bytes).padStart(8)} (${ratio.toFixed(2)} x), at start ${kilobytes(atStart.bytes)}: ${largest.join(", ")}`;
  });
  return `${[...blocks, ["kB", ...bytes].join("\n")].join("\n\n")}\n`;
}

function kilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(0);
}
