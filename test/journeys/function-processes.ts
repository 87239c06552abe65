import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { RunningBridge } from "./running-bridge.ts";

/** The ids of the processes in which a bridge runs one of its functions, by its short name. */
export async function processesOf(
  service: string,
  { child }: Pick<RunningBridge, "child">,
): Promise<number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    const isOurs = Number(parent) === child.pid && args.split(" ").includes(service);
    return isOurs ? [Number(pid)] : [];
  });
}

/** Kills these processes at this moment, and resolves to how many there were. */
export async function killProcessesOf(
  service: string,
  bridge: Pick<RunningBridge, "child">,
): Promise<number> {
  const processes = await processesOf(service, bridge);
  for (const pid of processes) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
  return processes.length;
}
