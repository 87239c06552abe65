import { readFileSync } from "node:fs";

const page = readFileSync(".github/CHANGELOG.md", "utf8");
const { version } = JSON.parse(readFileSync("package.json", "utf8"));

const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading);
const released = headings.filter((heading) => heading !== "Unreleased");

describe(".github/CHANGELOG.md", () => {
  it("begins with what is not released yet, if there is such, and with package.json's version", () => {
    expect(headings.indexOf("Unreleased")).toBeLessThanOrEqual(0);
    expect(released[0]).toMatch(
      new RegExp(`^${version.replaceAll(".", "\\.")} — \\d{4}-\\d\\d-\\d\\d$`),
    );
  });

  it("has the newest version first, each once", () => {
    const versions = released.map((heading) => heading.split(" ")[0] ?? "");
    const sorted = [...new Set(versions)].sort((one, other) =>
      other.localeCompare(one, "en", { numeric: true }),
    );
    expect(versions).toEqual(sorted);
  });

  it("says of each something", () => {
    for (const entry of page.split(/^## /m).slice(1)) expect(entry).toMatch(/^- \S/m);
  });

  it("has the version of the lock file, too", () => {
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
    expect([lock.version, lock.packages[""].version]).toEqual([version, version]);
  });
});
