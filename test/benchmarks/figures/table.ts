import type { Figure } from "./figure.ts";

/**
 * What people read of the figures. `old` has the figures of another run, of which each line then shows its own and
 * the change.
 */
export function tableOf(figures: readonly Figure[], old?: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { part, name, unit, median, low, high, ratio } = figure;
    const spread = low === high ? "" : `${told(low)} to ${told(high)}`;
    const compared = ratio === undefined ? "" : ratioText(ratio);
    const before = old?.find((other) => other.part === part && other.name === name);
    return [
      part,
      name,
      told(median),
      unit,
      spread,
      compared,
      ...(old === undefined ? [] : changeOf(figure, before)),
    ];
  });
  const then = old === undefined ? [] : ["old", "change", "old ratio"];
  const all = [["part", "figure", "median", "unit", "quarters", "ratio", ...then], ...rows];
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  const lines = all.map((row) =>
    row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join("  "),
  );
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

const NUMBERS = [2, 6, 7];

function pad(cell: string, width: number, column: number): string {
  return NUMBERS.includes(column) ? cell.padStart(width) : cell.padEnd(width);
}

function ratioText({ value, to, reach }: NonNullable<Figure["ratio"]>): string {
  const aim =
    reach === undefined ? "" : `, reach ${reach.toFixed(1)} x${value > reach ? ": MISSED" : ""}`;
  return `${value.toFixed(2)} x ${to}${aim}`;
}

/** The old median, the change of the median, and the old ratio, which says more where machines differ. */
function changeOf({ median }: Figure, before: Figure | undefined): string[] {
  if (before === undefined) return ["", "new", ""];
  const change = 100 * (median / before.median - 1);
  const isSame = median === before.median;
  const text = isSame ? "0 %" : `${change > 0 ? "+" : ""}${change.toFixed(1)} %`;
  const ratio = before.ratio === undefined ? "" : `${before.ratio.value.toFixed(2)} x`;
  return [told(before.median), text, ratio];
}

/** Three digits that say something, and all of those before the point. */
export function told(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
