import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { compileCache } from "../compile-cache.ts";
import type { OnLog } from "../log-line.ts";

const PROGRAM = fileURLToPath(new URL("./emulators-process.ts", import.meta.url));

const urlsSchema = z.object({
  /** SQS and S3. */
  fauxqs: z.string(),
  /** DynamoDB. */
  dynalite: z.string(),
});

export type EmulatorUrls = z.infer<typeof urlsSchema>;

export interface Emulators {
  urls: EmulatorUrls;
  close(): Promise<void>;
}

/**
 * Starts the emulators of SQS, S3 and DynamoDB in a process of their own. `onFailure` is called
 * when that process ends by itself: then all queues and tables are gone. Rejects when it does not start.
 */
export async function startEmulators(
  region: string,
  onLog: OnLog,
  onFailure: (error: Error) => void,
): Promise<Emulators> {
  const { PATH } = process.env;
  const child = fork(PROGRAM, [region], {
    execArgv: [],
    env: { PATH, NODE_COMPILE_CACHE: compileCache() },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let closing = false;
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  forwardOutput(child, onLog);

  const urls = await new Promise<EmulatorUrls>((resolve, reject) => {
    child.once("message", (message) => resolve(urlsSchema.parse(message)));
    child.once("error", reject);
    child.once("exit", () => reject(new Error("the emulators of SQS and DynamoDB did not start")));
  });
  child.once("exit", (code, signal) => {
    if (!closing) {
      onFailure(
        new Error(`the emulators of SQS and DynamoDB ended by themselves (${signal ?? code})`),
      );
    }
  });
  return {
    urls,
    async close() {
      closing = true;
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function forwardOutput(child: ChildProcess, onLog: OnLog): void {
  for (const stream of ["stdout", "stderr"] as const) {
    const input = child[stream];
    if (input === null) continue;
    createInterface({ input }).on("line", (text) => onLog({ source: "emulators", stream, text }));
  }
}
