/**
 * Breaks the bridge in one way at a time and expects the chaos run to notice: a proof that its table
 * is worth something. Each mutant is a copy of the project with one change in `lambdas/`.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COPIED = ["bin", "lambdas", "lib", "test", "cdk.json", "package.json", "package-lock.json"];
const FLAGS = ["--messages", "400", "--pace", "25", "--outage", "5"];
/** At a time; each of them waits most of the time. */
const PARALLEL = 2;

interface Mutant {
  name: string;
  file: string;
  replace: string;
  by: string;
  /** What the run must say. */
  expected: RegExp;
}

const MUTANTS: Mutant[] = [
  {
    name: "a new retry key for every try of a push",
    file: "lambdas/outbound/sender/retry-key.ts",
    replace: "return v5(JSON.stringify([brand, genesysMessageId, part]), NAMESPACE);",
    by: "return v5(JSON.stringify([brand, genesysMessageId, part, Math.random()]), NAMESPACE);",
    expected: /messages of agents arrived twice/,
  },
  {
    name: "no record of what was delivered",
    file: "lambdas/worker/deliver-once.ts",
    replace: "await once(key);",
    by: "await deliver(); hasRun = true; void once;",
    expected: /messages of customers arrived twice for no reason/,
  },
  {
    name: "later messages overtake one that failed",
    file: "lambdas/shared/queue/consume-fifo.ts",
    replace: "if (retryAfter !== undefined) return giveBack(rest, retryAfter, deps);",
    by: "if (rest.length > 0 && retryAfter !== undefined) return [...(await giveBack([record], retryAfter, deps)), ...(await consumeCustomer(rest.slice(1), remainingMs, deps))];",
    expected: /arrived out of order/,
  },
  {
    name: "200 although SQS has stored a batch only in part",
    file: "lambdas/shared/queue/send-fifo.ts",
    replace: "pending = pending.filter((message) => !stored.has(message));",
    by: "pending = pending.filter((message) => !batch.includes(message));",
    expected: /messages of (customers|agents) were lost/,
  },
  {
    name: "a push that LINE has accepted before counts as refused",
    file: "lambdas/shared/line/client.ts",
    replace: "if (!isAlreadyAccepted(error)) throw error;",
    by: "throw error;",
    expected: /messages of agents were parked without a reason/,
  },
  {
    name: "all answers to the same customer",
    file: "lambdas/outbound/sender/handler.ts",
    replace: "await deps.line.push(brand, to, messages,",
    by: "await deps.line.push(brand, (Object.assign(globalThis, { first: Reflect.get(globalThis, 'first') ?? to }), Reflect.get(globalThis, 'first')), messages,",
    expected: /messages of agents went to somebody else/,
  },
  {
    name: "texts in the log",
    file: "lambdas/worker/handler.ts",
    replace: "parts: parts.length,",
    by: "parts: parts.length, event,",
    expected: /the logs hold \d+ times a text/,
  },
];

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
    mutate(join(directory, mutant.file), mutant);
    const { status, output } = await chaos(directory);
    const isCaught = status !== 0 && mutant.expected.test(output);
    const said = output.split("must not be there:")[1]?.split("\n").slice(2).join("\n  ") ?? output;
    process.stdout.write(`${isCaught ? "caught" : "NOT CAUGHT"}: ${mutant.name}\n  ${said}\n`);
    return isCaught;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function mutate(file: string, { replace, by }: Mutant): void {
  const text = readFileSync(file, "utf8");
  if (!text.includes(replace)) throw new Error(`${file} does not hold: ${replace}`);
  writeFileSync(file, text.replace(replace, by));
}

function chaos(cwd: string): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, ["test/chaos/chaos.ts", ...FLAGS], {
    cwd,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const output: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(String(chunk)));
  return new Promise((resolve) => {
    child.once("close", (status) => resolve({ status, output: output.join("") }));
  });
}
