/**
 * Breaks the bridge in one way at a time and expects the chaos run to notice: a proof that its table
 * is worth something. Each mutant is a copy of the project with one change in `lambdas/`.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MUTANTS, type Mutant, mutated } from "./mutant-list.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COPIED = ["bin", "lambdas", "lib", "test", "cdk.json", "package.json", "package-lock.json"];
const FLAGS = ["--pace", "12", "--outage", "5"];
/** At a time; each of them waits most of the time. */
const PARALLEL = 2;

const waiting = MUTANTS.filter(({ name }) => name.includes(process.argv[2] ?? ""));
const outcomes: boolean[] = [];
await Promise.all(
  Array.from({ length: PARALLEL }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      outcomes.push(await run(next));
    }
  }),
);
process.exit(outcomes.every(Boolean) ? 0 : 1);

async function run(mutant: Mutant): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), "line-genesys-mutant-"));
  try {
    for (const path of COPIED) cpSync(join(ROOT, path), join(directory, path), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(directory, "node_modules"));
    const file = join(directory, mutant.file);
    writeFileSync(file, mutated(readFileSync(file, "utf8"), mutant));
    const { status, output } = await chaos(directory, mutant.messages ?? 400);
    const isCaught = status !== 0 && mutant.expected.test(output);
    const said = output.split("must not be there:")[1]?.split("\n").slice(2).join("\n  ") ?? output;
    process.stdout.write(`${isCaught ? "caught" : "NOT CAUGHT"}: ${mutant.name}\n  ${said}\n`);
    return isCaught;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function chaos(cwd: string, messages: number): Promise<{ status: number | null; output: string }> {
  const child = spawn(
    process.execPath,
    ["test/chaos/chaos.ts", "--messages", String(messages), ...FLAGS],
    {
      cwd,
      // What it keeps of a run with faults goes with the copy.
      env: { ...process.env, TMPDIR: cwd },
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const output: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(String(chunk)));
  return new Promise((resolve) => {
    child.once("close", (status) => resolve({ status, output: output.join("") }));
  });
}
