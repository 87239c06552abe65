import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const NODE = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningCommand {
  child: ChildProcess;
  ended: Promise<Ran>;
}

/** Starts the operator command as a process of its own, which nobody sits at. */
export function startOperator(
  flags: string[],
  { env = {}, stdin = "" }: { env?: Record<string, string>; stdin?: string } = {},
): RunningCommand {
  const child = spawn(NODE, ["bin/operator.ts", ...flags], {
    cwd: ROOT,
    env: { ...inherited(), ...env },
  });
  // A command that takes no input may have ended before it is there.
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]).then(
    ([stdout, stderr, [code]]) => ({ code, stdout, stderr }),
  );
  return { child, ended };
}

/** Of this machine nothing but what starts programs, and starts them faster. */
function inherited() {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };
}

export function runOperator(...started: Parameters<typeof startOperator>): Promise<Ran> {
  return startOperator(...started).ended;
}
