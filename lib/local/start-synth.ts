import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { Market } from "../markets.ts";
import { MarketsError } from "../markets-error.ts";

const PROGRAM = fileURLToPath(new URL("./synth-process.ts", import.meta.url));

const synthFault = z.object({ faults: z.array(z.string()) });
export type SynthFault = z.infer<typeof synthFault>;

export interface Synth {
  /** Resolves to the directory of the cloud assembly. Rejects with MarketsError where AWS would refuse the template. */
  done: Promise<string>;
  /** Ends it, whether it is done or not, and removes the directory. */
  close(): Promise<void>;
}

/**
 * Begins to synthesize one market of a file (by default of cdk.json), in a process of its own: CDK takes seconds
 * in which nothing else would happen, and memory that a run does not need later.
 */
export function startSynth(name: string, settings: Market, marketsFile?: string): Synth {
  const kept = keptAssembly(name, settings);
  if (kept !== undefined && existsSync(kept)) {
    return { done: Promise.resolve(kept), close: () => Promise.resolve() };
  }
  const outdir = mkdtempSync(kept ?? join(tmpdir(), "line-genesys-bridge-"));
  const child = fork(PROGRAM, [name, outdir, ...(marketsFile ? [marketsFile] : [])], {
    execArgv: [],
    // Standard output is the run's own.
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const done = new Promise<void>((resolve, reject) => {
    child.once("message", (message) => reject(new MarketsError(synthFault.parse(message).faults)));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`The synth of ${name} ended with ${signal ?? `exit status ${code}`}.`));
    });
  }).then(() => (kept === undefined ? outdir : keep(outdir, kept)));
  // Whoever waits for it hears of it, if somebody does.
  done.catch(() => undefined);
  return {
    done,
    async close() {
      child.kill("SIGKILL");
      await closed;
      rmSync(outdir, { recursive: true, force: true });
    },
  };
}

/** Where a run of the tests, which starts the same market many times, keeps its assembly; see test/jest. */
function keptAssembly(name: string, settings: Market): string | undefined {
  const { BUNDLES_OF_THIS_RUN: run } = process.env;
  const hash = createHash("sha256")
    .update(JSON.stringify([name, settings]))
    .digest("hex");
  return run && join(run, `assembly-${hash}`);
}

function keep(outdir: string, kept: string): string {
  try {
    renameSync(outdir, kept);
    return kept;
  } catch {
    // Another process was faster.
    return outdir;
  }
}
