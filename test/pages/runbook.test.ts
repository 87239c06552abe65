import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ANSWERS } from "../../lambdas/shared/contract/answers.ts";
import { GAUGES, METRICS, WAITED } from "../../lambdas/shared/contract/metric-names.ts";
import { PARK_REASONS } from "../../lambdas/shared/contract/park-reasons.ts";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import { alarmsOf, metricsOf } from "../lib/cloud/alarms.ts";
import { findFunction, MARKETS, synthesize } from "../lib/cloud/synthesize.ts";

const PAGE = readFileSync("lib/cloud/RUNBOOK.md", "utf8");
const STACK = "LineGenesysBridge-Thailand";

/** The page's sections: what stands below each heading. */
const SECTIONS = PAGE.split(/^## /m)
  .slice(1)
  .map((section) => {
    const [heading = "", ...lines] = section.split("\n");
    return { heading, text: lines.join("\n") };
  });

describe("lib/cloud/RUNBOOK.md", () => {
  it("explains each reason of dead letters, and no other", () => {
    const section = SECTIONS.find(({ heading }) => heading === "Dead letters")?.text ?? "";
    const explained = [...section.matchAll(/^\| (`[^|]+?) \|/gm)].flatMap(([, reasons = ""]) =>
      [...reasons.matchAll(/`(\w+)`/g)].map(([, reason]) => reason),
    );
    expect(explained.toSorted()).toEqual(PARK_REASONS.toSorted());
  });
});

interface Entry {
  alarm: string;
  severity: string;
  section: string;
}

/** The alarms that the sections name, with their severity. */
function named(): Entry[] {
  return SECTIONS.flatMap(({ heading, text }) => {
    const [, list = ""] = /^\*\*Alarms:\*\* ([^*]+?)\n\n\*\*Means:\*\*/m.exec(text) ?? [];
    return [...list.matchAll(/`([\w<>-]+)`\s+\((\w+)\)/g)].map(
      ([, alarm = "", severity = ""]): Entry => ({ alarm, severity, section: heading }),
    );
  });
}

/** The alarms of the template, once for all brands, with the sections that they lead to. */
function alarms(): Entry[] {
  const brands = new RegExp(`-(?:${Object.keys(MARKETS.Thailand?.brands ?? {}).join("|")})$`);
  const entries = alarmsOf(synthesize("Thailand")).map(({ AlarmName, AlarmDescription }): Entry => {
    const { severity = "", anchor } =
      /^Severity: (?<severity>\w+)\..*#(?<anchor>[\w-]+)$/.exec(AlarmDescription)?.groups ?? {};
    const section = SECTIONS.find(
      ({ heading }) => heading.toLowerCase().replaceAll(" ", "-") === anchor,
    );
    const alarm = AlarmName.replace(`${STACK}-`, "").replace(brands, "-<brand>");
    return { alarm, severity, section: section?.heading ?? "none" };
  });
  return [...new Map(entries.map((entry) => [entry.alarm, entry])).values()];
}

const byName = (one: Entry, other: Entry) => one.alarm.localeCompare(other.alarm);

describe("the sections", () => {
  it("name each alarm of the template once, with its severity, where the alarm leads to", () => {
    expect(alarms().length).toBeGreaterThan(20);
    expect(named().toSorted(byName)).toEqual(alarms().toSorted(byName));
  });

  it("of alarms say what it means, what to check and how to fix it", () => {
    for (const { heading, text } of SECTIONS.filter(({ text }) => text.includes("**Alarms:**"))) {
      for (const part of ["**Means:**", "**Check", "**Fix"]) {
        expect({ heading, part, has: text.includes(part) }).toEqual({ heading, part, has: true });
      }
      expect(text).toMatch(/`(?:op|logs) |^(?:op|logs) /m);
    }
  });
});

describe("the table of metrics", () => {
  const [, section = ""] = PAGE.split(/^#+ Metrics$/m);
  const rows = [...section.matchAll(/^\| `(\w+)` \| [^|]{4,} \|([^|]*)\|$/gm)].map(
    ([, metric = "", alarms = ""]) => ({
      metric,
      alarms: [...alarms.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name).sort(),
    }),
  );
  const counted = [
    ...Object.values(METRICS),
    ...Object.values(GAUGES),
    WAITED,
    ...Object.values(ANSWERS).flatMap((names) => Object.values(names)),
  ];

  it("has each metric once, with the alarms that read it", () => {
    const brands = new RegExp(`-(?:${Object.keys(MARKETS.Thailand?.brands ?? {}).join("|")})$`);
    const readers = alarmsOf(synthesize("Thailand")).map((alarm) => ({
      name: alarm.AlarmName.replace(`${STACK}-`, "").replace(brands, "-<brand>"),
      metrics: metricsOf(alarm).map((described) => described.split(" ").at(-1)),
    }));
    const expected = counted.map((metric) => ({
      metric,
      alarms: [
        ...new Set(readers.flatMap(({ name, metrics }) => (metrics.includes(metric) ? name : []))),
      ].sort(),
    }));
    const byMetric = (one: { metric: string }, other: { metric: string }) =>
      one.metric.localeCompare(other.metric);
    expect(rows.toSorted(byMetric)).toEqual(expected.toSorted(byMetric));
  });
});

/** What Lambda itself writes. */
const OF_LAMBDA = ["Task timed out"];

describe("the words that are looked for in a log", () => {
  const sources = readdirSync("lambdas", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join("lambdas", file), "utf8"))
    .join("\n");
  const searches = [...PAGE.matchAll(/(?<!aws )\blogs ([a-z-]+)(?: "([^"]+)")?/g)].map(
    ([, service = "", words = ""]) => ({ service, words }),
  );

  it("are logged by the code", () => {
    expect(searches.length).toBeGreaterThan(20);
    const unknown = searches.filter(
      // `Could not ${what}` is put together.
      ({ words }) => !OF_LAMBDA.includes(words) && !logged(words),
    );
    expect(unknown).toEqual([]);
  });

  it("are looked for in logs of functions that there are", () => {
    const services: string[] = Object.values(SERVICES);
    expect(searches.filter(({ service }) => !services.includes(service))).toEqual([]);
  });

  function logged(words: string): boolean {
    const [, what] = /^Could not (.+)$/.exec(words) ?? [];
    return sources.includes(words) || (what !== undefined && sources.includes(`"${what}`));
  }
});

describe("the commands that are pasted first", () => {
  const [, pasted = ""] = /```sh\n([\s\S]*?)```/.exec(PAGE) ?? [];
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "runbook-"));
    for (const name of ["aws", "npm"]) {
      // The name of a log group is asked for first, and then used.
      const script = `#!/bin/sh\necho "${name} $*" >&2\ncase "$*" in *describe-log-groups*) echo GROUP ;; esac\n`;
      writeFileSync(join(folder, name), script);
      chmodSync(join(folder, name), 0o755);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the command calls, line by line. */
  function called(command: string): string[] {
    const PATH = `${folder}:${process.env.PATH ?? ""}`;
    const script = `set -eu\n${pasted}\n{ ${command}; } 2>&1`;
    const said = execFileSync("bash", ["--norc", "-c", script], {
      env: { PATH },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    return said.trim().split("\n");
  }

  it.each(Object.values(SERVICES))("find the log of %s", (service) => {
    const [asked = ""] = called(`logs ${service}`);
    const [, prefix = ""] = /--log-group-name-prefix (\S+)/.exec(asked) ?? [];
    const { properties } = findFunction(synthesize("Thailand"), service);
    // CloudFormation names what has no name by the stack and the logical id.
    expect(`${STACK}-${properties.LoggingConfig.LogGroup.Ref}`).toMatch(
      new RegExp(`^${prefix}[0-9A-F]{8}$`),
    );
  });

  it("show warnings and errors, or what is looked for", () => {
    const tail = "aws logs tail GROUP --since 1h --format short --filter-pattern";
    expect(called("logs worker")[1]).toBe(`${tail} ?WARN ?ERROR`);
    expect(called('logs worker "Parked a message"')[1]).toBe(`${tail} "Parked a message"`);
    expect(called("SINCE=6h logs worker")[1]).toBe(`${tail.replace("1h", "6h")} ?WARN ?ERROR`);
  });

  it("run the operator's command for the market", () => {
    expect(called("op redrive --reason KeepsFailing")).toEqual([
      "npm run --silent operator -- redrive --market Thailand --reason KeepsFailing",
    ]);
  });
});
