/**
 * The start of each function in fresh processes, over TLS, beside two floors: an empty handler, and a bundle that
 * holds only the AWS SDK's SQS client and sends unchecked. `--before` names the output of `cdk synth` of another
 * version, whose functions then run in between.
 *
 *     npm run bench:start -- [--runs 5] [--slowed 3] [--only inbound] [--before DIR] [--json FILE]
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { freshProcess } from "./start/fresh-process.ts";
import {
  contentsOf,
  makeFloors,
  prepareStarts,
  STOCK,
  synthesizeMarket,
} from "./start/prepare-starts.ts";
import { startStandIns } from "./start/stand-ins.ts";
import { type Measured, spreadsOf, summarize } from "./start/summary.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    slowed: { type: "string", default: "3" },
    only: { type: "string", multiple: true, default: [] },
    before: { type: "string" },
    json: { type: "string" },
  },
});
const runs = { full: Number(values.runs), slowed: Number(values.slowed) };

const directory = mkdtempSync(join(tmpdir(), "line-genesys-start-"));
const standIns = await startStandIns();
try {
  const certificate = join(directory, "certificate.pem");
  writeFileSync(certificate, standIns.cert);
  const assembly = join(directory, "assembly");
  synthesizeMarket(assembly);
  const floors = join(directory, "floors");
  const made = { floors, program: makeFloors(floors), origin: standIns.origin, certificate };
  const starts = prepareStarts({ assembly, ...made });
  if (values.before !== undefined) {
    for (const [name, start] of prepareStarts({ assembly: values.before, ...made })) {
      if (!name.endsWith("-handler")) starts.set(`${name} before`, start);
    }
  }
  const isChosen = (name: string) =>
    values.only.length === 0 ||
    name.endsWith("-handler") ||
    values.only.includes(name.replace(/ before$/, ""));
  const all = [...starts]
    .filter(([name]) => isChosen(name))
    .map(([name, start]) => {
      const times: Measured["times"] = { full: [], slowed: [] };
      return { name, start, times, contents: contentsOf(name) };
    });
  // One after the other, in turns: what else the machine does then meets all of them.
  for (let run = 0; run < Math.max(runs.full, runs.slowed); run++) {
    for (const { start, times } of all) {
      for (const pace of ["full", "slowed"] as const) {
        if (run < runs[pace]) {
          times[pace].push(await freshProcess({ ...start, slowed: pace === "slowed" }));
        }
      }
    }
  }
  process.stdout.write(summarize(all, STOCK));
  if (values.json !== undefined) {
    const rows = all.map(({ start: _, ...one }) => ({ ...one, spreads: spreadsOf(one) }));
    writeFileSync(values.json, JSON.stringify(rows, null, 2));
  }
} finally {
  await standIns.close();
  rmSync(directory, { recursive: true, force: true });
}
