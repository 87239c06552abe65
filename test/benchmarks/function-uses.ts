import { readdir, readFile, readlink } from "node:fs/promises";

/** What a function's process uses at this moment. */
export interface FunctionUse {
  service: string;
  /** Resident memory. */
  megabytes: number;
  /** Open files, sockets included. */
  descriptors: number;
  sockets: number;
}

/** The processes of functions that this process has started, from /proc. One that ends meanwhile is left out. */
export async function functionUses(): Promise<FunctionUse[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const uses = await Promise.all(pids.map((pid) => useOf(pid).catch(() => undefined)));
  return uses.filter((use) => use !== undefined);
}

async function useOf(pid: string): Promise<FunctionUse | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  if (!status.includes(`PPid:\t${process.pid}\n`)) return undefined;
  const words = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
  const program = words.findIndex((word) => word.endsWith("function-process.ts"));
  if (program < 0) return undefined;
  const descriptors = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(
    descriptors.map((descriptor) => readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => "")),
  );
  return {
    service: words[program + 1] ?? "",
    megabytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024,
    descriptors: descriptors.length,
    sockets: targets.filter((target) => target.startsWith("socket:")).length,
  };
}
