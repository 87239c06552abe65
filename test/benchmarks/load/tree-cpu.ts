import { readdirSync, readFileSync } from "node:fs";

/** The kernel counts in hundredths of a second. */
const TICKS = 100;

/** Seconds of a processor that a process and those that it has started have taken, ended ones included. Linux only. */
export function treeCpu(root: number): number {
  const processes = new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        const stat = readStat(pid);
        return stat === undefined ? [] : [[Number(pid), stat] as const];
      }),
  );
  const isOfTree = (pid: number): boolean => {
    if (pid === root) return true;
    const parent = processes.get(pid)?.parent;
    return parent !== undefined && parent > 1 && isOfTree(parent);
  };
  return [...processes]
    .filter(([pid]) => isOfTree(pid))
    .reduce((sum, [, { ticks }]) => sum + ticks / TICKS, 0);
}

function readStat(pid: string): { parent: number; ticks: number } | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // It has ended.
    return undefined;
  }
}

/** A line of /proc/PID/stat: the parent's id, and ticks of the process and of its children that have ended. */
export function parseStat(line: string): { parent: number; ticks: number } {
  // The name of the program stands in parentheses, and can have any characters.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), ticks };
}
