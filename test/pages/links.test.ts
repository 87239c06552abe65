import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { anchorsOf, linkTargets } from "./markdown.ts";
import { filesBelow, pages, SOURCE_FOLDERS } from "./pages.ts";

/** Licences that wasm-vips brings along into a bundle. */
const OTHERS_PAGE = "THIRD-PARTY-NOTICES.md";
/** Why the target cannot be opened from the page; undefined if it can. */
function faultOf(target: string, page: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    return target.startsWith("https://") ? undefined : "is not https";
  }
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : normalize(join(dirname(page), path));
  if (path.startsWith("/") || file.startsWith("..")) return "leaves the repository";
  if (!existsSync(file)) return "does not exist";
  if (anchor === undefined) return undefined;
  if (!file.endsWith(".md")) return "has an anchor, and is no page";
  return anchorsOf(readFileSync(file, "utf8")).includes(anchor) ? undefined : "has no such heading";
}

function brokenLinks(page: string, markdown: string): string[] {
  return linkTargets(markdown).flatMap((target) => {
    const fault = faultOf(target, page);
    return fault === undefined ? [] : [`${target} ${fault}`];
  });
}

/** Pages that code names in texts and comments, by their path from the root, with their anchors. */
function namedPages(code: string): string[] {
  return code.match(/(?<![\w./-])(?:[\w.-]+\/)*[\w-]+\.md\b(?:#[\w-]+)?/g) ?? [];
}

describe("the pages", () => {
  it("are those that the first page leads to", () => {
    const named = linkTargets(readFileSync("README.md", "utf8")).map((target) =>
      target.replace(/#.*/, ""),
    );
    const others = pages().filter((page) => page !== "README.md");
    expect(others.length).toBeGreaterThan(0);
    expect(named).toEqual(expect.arrayContaining(others));
  });

  it.each(pages())("have no broken link: %s", (page) => {
    expect(brokenLinks(page, readFileSync(page, "utf8"))).toEqual([]);
  });

  it("begin with a short one", () => {
    expect(statSync("README.md").size).toBeLessThanOrEqual(12_288);
  });
});

describe("the code", () => {
  it("names only pages and headings that exist", () => {
    const named = SOURCE_FOLDERS.flatMap(filesBelow)
      .filter((path) => /\.(ts|html|js|json)$/.test(path) && !path.startsWith("test/pages/"))
      .flatMap((path) =>
        namedPages(readFileSync(path, "utf8")).map((target) => ({ path, target })),
      );
    expect(named.map(({ target }) => target)).toContain("lib/cloud/RUNBOOK.md#dead-letters");
    expect(
      named.filter(
        ({ target }) => target !== OTHERS_PAGE && faultOf(target, "README.md") !== undefined,
      ),
    ).toEqual([]);
  });
});

describe("the search for broken links", () => {
  it.each([
    ["[a](lib/none.md)", ["lib/none.md does not exist"]],
    ["[a](README.md#none)", ["README.md#none has no such heading"]],
    ["[a](#none)", ["#none has no such heading"]],
    ["![a](none.svg)", ["none.svg does not exist"]],
    ['[![a](none.svg)](none.md "b")', ["none.svg does not exist", "none.md does not exist"]],
    ['<img alt="a" src="none.png">', ["none.png does not exist"]],
    ["[a]: none.md", ["none.md does not exist"]],
    ["[a](../README.md)", ["../README.md leaves the repository"]],
    ["[a](/README.md)", ["/README.md leaves the repository"]],
    ["[a](cdk.json#L1)", ["cdk.json#L1 has an anchor, and is no page"]],
    ["[a](http://example.com)", ["http://example.com is not https"]],
    ["[a](https://example.com/none.md) [b](lib) [c](README.md#status)", []],
    ["`[a](none.md)`\n\n```\n[a](none.md)\n```\n", []],
  ])("finds in %j %j", (markdown, broken) => {
    expect(brokenLinks("README.md", markdown)).toEqual(broken);
  });

  it("follows a link from the page's own folder", () => {
    expect(brokenLinks("lib/cloud/RUNBOOK.md", "[a](COSTS.md) [b](../../cdk.json)")).toEqual([]);
    expect(brokenLinks("lib/cloud/RUNBOOK.md", "[a](cdk.json)")).toEqual([
      "cdk.json does not exist",
    ]);
  });
});

describe("a heading's anchor", () => {
  it.each([
    ["# What it costs", ["what-it-costs"]],
    ["### 1. LINE: account and channel", ["1-line-account-and-channel"]],
    ["## Genesys Cloud's `limit`, *met*", ["genesys-clouds-limit-met"]],
    ["# LINE ↔ Genesys", ["line--genesys"]],
    ["## See [the page](a.md) ##", ["see-the-page"]],
    ["## snake_case 日本語", ["snake_case-日本語"]],
    ["# A\n## A\n# A", ["a", "a-1", "a-2"]],
    ["```\n# A\n```\n# B", ["b"]],
    ["#no heading", []],
  ])("of %j is %j", (markdown, anchors) => {
    expect(anchorsOf(markdown)).toEqual(anchors);
  });
});
