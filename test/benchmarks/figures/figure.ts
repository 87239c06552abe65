import * as z from "zod";
import { spread } from "../start/summary.ts";

/** A line of the table: what was measured in several runs, or counted once. */
export const figureSchema = z.object({
  part: z.string(),
  name: z.string(),
  unit: z.string(),
  median: z.number(),
  /** The quarters beside the median. */
  low: z.number(),
  high: z.number(),
  /** To another figure of the same run: only this can be compared between machines. `reach`: it should be no more. */
  ratio: z.object({ value: z.number(), to: z.string(), reach: z.number().optional() }).optional(),
});

export type Figure = z.infer<typeof figureSchema>;

/** What was counted or calculated, and is the same in every run. */
export function counted(part: string, name: string, unit: string, value: number): Figure {
  return { part, name, unit, median: value, low: value, high: value };
}

/** What was measured so many times. */
export function measured(
  part: string,
  name: string,
  unit: string,
  values: readonly number[],
): Figure {
  return { part, name, unit, ...spread(values) };
}

/** The figure with the ratio of its median to that of another one. */
export function comparedTo(figure: Figure, other: Figure, reach?: number): Figure {
  return withRatio(figure, figure.median / other.median, other, reach);
}

/** The figure with the median of the ratios of its values to those of another one, which were measured in turns. */
export function comparedInTurns(
  [figure, values]: [Figure, readonly number[]],
  [other, ofOther]: [Figure, readonly number[]],
  reach?: number,
): Figure {
  const ratios = values.map((value, index) => value / (ofOther[index] ?? Number.NaN));
  return withRatio(figure, spread(ratios).median, other, reach);
}

function withRatio(figure: Figure, value: number, other: Figure, reach?: number): Figure {
  return { ...figure, ratio: { value, to: other.name, ...(reach !== undefined && { reach }) } };
}
