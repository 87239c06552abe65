import type { Template } from "aws-cdk-lib/assertions";

/** How many resources of each type a template has. */
function counted(template: Template): Map<string, number> {
  const resources: Record<string, { Type: string }> = template.toJSON().Resources;
  const byType = Map.groupBy(Object.values(resources), ({ Type }) => Type);
  return new Map([...byType].map(([type, each]) => [type, each.length]));
}

/** What a stack has with one brand, and what a second brand adds, as the table of the page on the functions. */
export function resourceTable(one: Template, two: Template): string {
  const [few, many] = [counted(one), counted(two)];
  const rows = [...many].sort(byName).map(([type, count]) => {
    const more = count - (few.get(type) ?? 0);
    return `| \`${type}\` | ${few.get(type) ?? 0} | ${more === 0 ? "" : `+ ${more}`} |`;
  });
  const sum = (counts: Map<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
  return [
    "| Resource | a market with one brand | each further brand |",
    "| --- | --- | --- |",
    ...rows,
    `| **all** | **${sum(few)}** | **+ ${sum(many) - sum(few)}** |`,
  ].join("\n");
}

function byName([one]: [string, number], [other]: [string, number]): number {
  return one.localeCompare(other);
}
