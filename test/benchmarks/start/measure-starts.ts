import { freshProcess, type Start } from "./fresh-process.ts";
import { contentsOf } from "./prepare-starts.ts";
import { openStartRoom } from "./start-room.ts";
import type { Measured } from "./summary.ts";

/**
 * Starts functions and floors in fresh processes, one after the other and in turns: what else the machine does then
 * meets all of them. `only` names the functions, all if it is empty; `before` is the output of `cdk synth` of another
 * version, whose functions run in between.
 */
export async function measureStarts(options: {
  runs: { full: number; slowed: number };
  only: readonly string[];
  before: string | undefined;
}): Promise<Measured[]> {
  const { runs, only, before } = options;
  const room = await openStartRoom();
  try {
    const starts = room.startsOf();
    if (before !== undefined) {
      for (const [name, start] of room.startsOf(before)) {
        if (!name.endsWith("-handler")) starts.set(`${name} before`, start);
      }
    }
    const isChosen = (name: string) =>
      only.length === 0 || name.endsWith("-handler") || only.includes(name.replace(/ before$/, ""));
    const all = [...starts].filter(([name]) => isChosen(name)).map(prepared);
    for (let run = 0; run < Math.max(runs.full, runs.slowed); run++) {
      for (const { start, times } of all) {
        for (const pace of ["full", "slowed"] as const) {
          if (run < runs[pace]) {
            times[pace].push(await freshProcess({ ...start, slowed: pace === "slowed" }));
          }
        }
      }
    }
    return all.map(({ start: _, ...one }) => one);
  } finally {
    await room.close();
  }
}

function prepared([name, start]: [name: string, start: Omit<Start, "slowed">]) {
  const times: Measured["times"] = { full: [], slowed: [] };
  return { name, start, times, contents: contentsOf(name) };
}
