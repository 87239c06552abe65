import type { Figure } from "./figure.ts";
import { type MainFigure, rates, ratios } from "./main-figures.ts";

const WIDTH = 800;
const ROW = 28;
const LABELS = 420;
const BARS = 240;
const MARGIN = 20;

const STYLE = `
  text { font: 13px sans-serif; fill: #24292f }
  .title { font-weight: bold }
  .bar { fill: #1f6feb }
  .limit { fill: #cf222e }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .bar { fill: #58a6ff }
    .limit { fill: #ff7b72 }
  }
`;

/**
 * The main figures as SVG: rates on a logarithmic scale beside Genesys Cloud's limit, and ratios. Throws UsageError
 * where a figure is missing.
 */
export function drawPicture(figures: readonly Figure[]): string {
  const speeds = rates(figures);
  const compared = ratios(figures);
  const fastest = Math.max(...speeds.map(({ value }) => value));
  const largest = Math.max(...compared.map(({ value }) => value));
  const second = MARGIN + ROW * (speeds.length + 2);
  const height = second + ROW * (compared.length + 1);
  const logarithmic = (value: number) => Math.log(value) / Math.log(fastest);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Messages a second, and ratios">`,
    `<style>${STYLE}</style>`,
    ...panel(
      "Messages a second, and times Genesys Cloud's limit (logarithmic)",
      speeds,
      MARGIN,
      logarithmic,
    ),
    ...panel("Ratios", compared, second, (value) => value / largest),
    "</svg>\n",
  ].join("\n");
}

/** `share`: how much of the width a value takes, of 1. */
function panel(
  title: string,
  bars: readonly MainFigure[],
  top: number,
  share: (value: number) => number,
): string[] {
  return [
    `<text class="title" x="${MARGIN}" y="${top}">${title}</text>`,
    ...bars.flatMap(({ label, value, text }, index) => {
      const y = top + ROW * (index + 1);
      const width = Math.round(BARS * share(value));
      const kind = label.startsWith("Genesys Cloud") ? "limit" : "bar";
      return [
        `<text x="${MARGIN}" y="${y}">${label}</text>`,
        `<rect class="${kind}" x="${LABELS}" y="${y - 14}" width="${width}" height="18"/>`,
        `<text class="value" x="${LABELS + width + 6}" y="${y}">${text}</text>`,
      ];
    }),
  ];
}
