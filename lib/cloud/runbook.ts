import type { NamedMarket } from "../markets.ts";

/** Where a section of the runbook is read; `heading` is one of lib/cloud/RUNBOOK.md. */
export function runbookAt(
  { runbookUrl }: Pick<NamedMarket, "runbookUrl">,
  heading: string,
): string {
  return `${runbookUrl ?? "lib/cloud/RUNBOOK.md"}#${heading.toLowerCase().replaceAll(" ", "-")}`;
}
