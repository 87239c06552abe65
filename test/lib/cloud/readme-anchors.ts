import { readFileSync } from "node:fs";

/** What README.md's headings are linked by, as GitHub and the alarms do it. */
export function readmeAnchors(): string[] {
  const headings = readFileSync("README.md", "utf8").match(/^#+ .+$/gm) ?? [];
  return headings.map((heading) => heading.replace(/^#+ /, "").toLowerCase().replaceAll(" ", "-"));
}
