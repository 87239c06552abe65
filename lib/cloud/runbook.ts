import type { NamedMarket } from "../markets.ts";

/** Where a section of the runbook is read; `heading` is one of README.md. */
export function runbookAt(
  { runbookUrl }: Pick<NamedMarket, "runbookUrl">,
  heading: string,
): string {
  return `${runbookUrl ?? "README.md"}#${heading.toLowerCase().replaceAll(" ", "-")}`;
}
