import { readFileSync } from "node:fs";

const FILE = readFileSync(".github/dependabot.yml", "utf8");
const GUIDE = readFileSync(".github/CONTRIBUTING.md", "utf8");
const {
  dependencies,
  devDependencies,
  overrides,
}: Record<"dependencies" | "devDependencies" | "overrides", Record<string, string>> = JSON.parse(
  readFileSync("package.json", "utf8"),
);
const versions = { ...dependencies, ...devDependencies };

const ignored = [
  ...FILE.matchAll(
    /# (?<reason>[^\n]+)\n\s+- dependency-name: "(?<name>[^"]+)"\n\s+versions: \["(?<sign>>=?)(?<version>[\d.]+)"\]/g,
  ),
].map(({ groups = {} }) => groups as Record<"reason" | "name" | "sign" | "version", string>);

/** Whether the version is one that is ignored: `sign` is > or >=. */
function isIgnored(version: string, sign: string, bound: string): boolean {
  const order = version.localeCompare(bound, "en", { numeric: true });
  return sign === ">=" ? order >= 0 : order > 0;
}

/** The rows of the guide's table of pins: package, version, reason. */
const pins = new Map(
  [...GUIDE.matchAll(/^\| `([^`]+)` \| `([^`]+)` \| [^|]{20,} \|$/gm)].map(
    ([, name = "", version = ""]) => [name, version],
  ),
);

describe(".github/dependabot.yml", () => {
  it("ignores versions of packages that there are, and none that is in use", () => {
    expect(ignored.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["aws-cdk", "@biomejs/biome", "@swc/core", "node"]),
    );
    for (const { name, sign, version } of ignored) {
      const used = versions[name] ?? "none";
      expect(used).toMatch(/^\d/);
      expect({ name, used, isIgnored: isIgnored(used, sign, version) }).toEqual({
        name,
        used,
        isIgnored: false,
      });
    }
  });

  it.each([
    ["3.0.0", ">=", "3.0.0", true],
    ["2.1148.1", ">=", "3.0.0", false],
    ["2.5.15", ">", "2.5.15", false],
    ["2.5.16", ">", "2.5.15", true],
    ["2.10.0", ">", "2.5.15", true],
  ])("reads %s %s%s as %s", (version, sign, bound, expected) => {
    expect(isIgnored(version, sign, bound)).toBe(expected);
  });
});

describe("the guide's table of pins", () => {
  it("has each package that dependabot may not update, and each override, at today's version", () => {
    const expected = {
      ...Object.fromEntries(ignored.map(({ name }) => [name, versions[name]])),
      ...overrides,
    };
    expect(Object.fromEntries(pins)).toEqual(expected);
  });
});

it("every version in package.json is exact", () => {
  const inexact = Object.entries({ ...versions, ...overrides }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
  );
  expect(inexact).toEqual([]);
});
