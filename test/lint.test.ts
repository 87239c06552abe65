import { execFile } from "node:child_process";
import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import * as z from "zod";
import { temporaryDirectory } from "./lib/local/temporary-directory.ts";

/** The folder of a file, what its code does, the code, and for a refusal the rule that refuses it. */
type Case = [folder: string, what: string, code: string, rule?: string];

const TRANSLATOR = "lambdas/worker/translate";
const CONTENTS = "lambdas/outbound/translate/contents";
const TEXT = "lambdas/shared/text";
const CONTRACT = "lambdas/shared/contract";

const REFUSED: Case[] = [
  [TRANSLATOR, "reads the time", "export const a = Date.now();", "plugin"],
  [TRANSLATOR, "makes the date of today", "export const a = new Date();", "plugin"],
  [TRANSLATOR, "makes it without brackets", "export const a = new Date;", "plugin"],
  [TRANSLATOR, "makes it as a text", "export const a = Date();", "plugin"],
  [TRANSLATOR, "hands the clock on", "export const clock = Date.now;", "plugin"],
  [TRANSLATOR, "renames the clock", "const { now } = Date; export const a = now();", "plugin"],
  [TRANSLATOR, "formats no date", "export const a = Intl.DateTimeFormat().format();", "plugin"],
  [TRANSLATOR, "measures time", "export const a = performance.now();", "noRestrictedGlobals"],
  [TRANSLATOR, "sets a timer", "setTimeout(() => undefined, 1);", "noRestrictedGlobals"],
  [TRANSLATOR, "draws a number", "export const a = Math.random();", "plugin"],
  [TRANSLATOR, "draws an id", "export const a = crypto.randomUUID();", "noRestrictedGlobals"],
  [TRANSLATOR, "reads a variable", "export const a = process.env.A;", "noRestrictedGlobals"],
  [TRANSLATOR, "takes a detour", "export const a = globalThis.fetch;", "noRestrictedGlobals"],
  [TRANSLATOR, "asks where it is", "export const a = import.meta.url;", "plugin"],
  [TRANSLATOR, "calls a server", 'export const a = fetch("https://b");', "noRestrictedGlobals"],
  [TRANSLATOR, "logs", 'console.log("a");', "noConsole"],
  [TRANSLATOR, "imports files", 'export { rm } from "node:fs";', "noRestrictedImports"],
  [TRANSLATOR, "imports them late", 'export const a = import("node:fs");', "noRestrictedImports"],
  [TRANSLATOR, "imports AWS", 'export * from "@aws-sdk/client-sqs";', "noRestrictedImports"],
  [TRANSLATOR, "imports a client", 'export { a } from "../client.ts";', "noRestrictedImports"],
  [CONTENTS, "reads the time", "export const a = Date.now();", "plugin"],
  [CONTENTS, "reads a variable", "export const a = process.env.A;", "noRestrictedGlobals"],
  [TEXT, "reads the time", "export const a = Date.now();", "plugin"],
  [TEXT, "reads a variable", "export const a = process.env.A;", "noRestrictedGlobals"],
  [
    TRANSLATOR,
    "imports lib",
    'export { a } from "../../../lib/markets.ts";',
    "noRestrictedImports",
  ],
  ["lambdas/worker", "imports lib", 'export { a } from "../../lib/a.ts";', "noRestrictedImports"],
  [
    "lambdas/shared/line",
    "imports bin",
    'export { a } from "../../../bin/a.ts";',
    "noRestrictedImports",
  ],
  [
    "lib/cloud",
    "imports a client",
    'export { a } from "../../lambdas/shared/line/client.ts";',
    "noRestrictedImports",
  ],
  [
    "lib/cloud",
    "imports a handler",
    'export { a } from "../../lambdas/worker/handler.ts";',
    "noRestrictedImports",
  ],
  [
    "lib/local/aws",
    "imports a client",
    'export { a } from "../../../lambdas/shared/line/client.ts";',
    "noRestrictedImports",
  ],
  [
    "lib/local/console",
    "imports a client",
    'export { a } from "../../../lambdas/shared/line/client.ts";',
    "noRestrictedImports",
  ],
  [
    "bin",
    "imports a client",
    'export { a } from "../lambdas/shared/line/client.ts";',
    "noRestrictedImports",
  ],
  [
    CONTRACT,
    "imports another room",
    'export { a } from "../line/client.ts";',
    "noRestrictedImports",
  ],
];

const ALLOWED: Case[] = [
  [TRANSLATOR, "makes a date of a number", "export const a = (at: number) => new Date(at);"],
  [TRANSLATOR, "reads a date", 'export const a = Date.parse("2026-12-01") + Date.UTC(2026, 11);'],
  [
    TRANSLATOR,
    "formats a date",
    "export const a = (at: Date) => Intl.DateTimeFormat().format(at);",
  ],
  [TRANSLATOR, "compares numbers", "export const a = (b: number) => Math.max(b, 1);"],
  [TRANSLATOR, "names an argument", "export const a = (process: { b: string }) => process.b;"],
  [TEXT, "splits a text", 'export const a = new Intl.Segmenter("en");'],
  ["lambdas/worker", "reads the time", "export const a = Date.now();"],
  ["lambdas/worker", "imports a client", 'export { a } from "../shared/line/client.ts";'],
  ["lib/cloud", "imports the contract", 'export { a } from "../../lambdas/shared/contract/a.ts";'],
  [
    "lib/local/aws",
    "imports the contract",
    'export { a } from "../../../lambdas/shared/contract/a.ts";',
  ],
  [
    "lib/operator/market",
    "imports a client",
    'export { a } from "../../../lambdas/shared/line/client.ts";',
  ],
  [CONTRACT, "imports a neighbour", 'export { a } from "./a.ts";'],
];

describe("the linter", () => {
  const cases = [...REFUSED, ...ALLOWED];
  let broken = new Map<string, string[]>();

  beforeAll(async () => {
    const files = cases.map(([folder, , code], index) => [`${folder}/${index}.ts`, `${code}\n`]);
    broken = await rulesBrokenBy(Object.fromEntries(files));
  });

  it.each(REFUSED)("refuses code in %s that %s", (...refused) => {
    const [folder, , , rule] = refused;
    expect(broken.get(`${folder}/${indexOf(refused)}.ts`)).toEqual([rule]);
  });

  it.each(ALLOWED)("allows code in %s that %s", (...allowed) => {
    expect(broken.get(`${allowed[0]}/${indexOf(allowed)}.ts`)).toBeUndefined();
  });

  function indexOf([folder, what]: Case): number {
    return cases.findIndex((each) => each[0] === folder && each[1] === what);
  }
});

/** https://github.com/reviewdog/reviewdog/tree/master/proto/rdf */
const report = z.object({
  diagnostics: z.array(
    z.object({
      severity: z.string(),
      code: z.object({ value: z.string() }),
      location: z.object({ path: z.string() }),
    }),
  ),
});

/** The rules of this project that files would break if they stood in it, by the file's path. */
async function rulesBrokenBy(files: Record<string, string>): Promise<Map<string, string[]>> {
  const project = temporaryDirectory(files);
  try {
    for (const name of [".biome.json", ".biome"]) {
      cpSync(resolve(name), join(project.path, name), { recursive: true });
    }
    const { diagnostics } = report.parse(JSON.parse(await lint(project.path)));
    const broken = new Map<string, string[]>();
    for (const { severity, code, location } of diagnostics) {
      if (severity !== "ERROR") continue;
      const rules = broken.get(location.path) ?? [];
      broken.set(location.path, [...rules, basename(code.value)]);
    }
    return broken;
  } finally {
    project.remove();
  }
}

function lint(directory: string): Promise<string> {
  const biome = createRequire(resolve("package.json")).resolve("@biomejs/biome/bin/biome");
  const options = ["lint", "--reporter=rdjson", "--max-diagnostics=none", "."];
  return new Promise((resolved) => {
    // It ends with 1 where it finds something; what it says is judged, and nothing is no JSON.
    execFile(process.execPath, [biome, ...options], { cwd: directory }, (_, stdout) =>
      resolved(stdout),
    );
  });
}
