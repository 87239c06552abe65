/** One table of the product's figures. `--help` lists the options. */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Figure } from "./figures/figure.ts";
import { readBenchOptions, USAGE, UsageError } from "./figures/options.ts";
import { drawPicture } from "./figures/picture.ts";
import { type Report, readReport } from "./figures/report.ts";
import { tableOf } from "./figures/table.ts";

/** Each part loads what it needs when it is measured. */
const PARTS: Record<string, () => Promise<Figure[]>> = {
  start: async () => (await import("./parts/start.ts")).start(),
  bytes: async () => (await import("./parts/bytes.ts")).bytes(),
  cpu: async () => (await import("./parts/cpu.ts")).cpu(),
  batch: async () => (await import("./parts/batch.ts")).batch(),
  load: async () => (await import("./parts/load.ts")).load(),
  calls: async () => (await import("./parts/calls.ts")).calls(),
  costs: async () => (await import("./parts/costs.ts")).costs(),
};

try {
  await run();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const names = Object.keys(PARTS);
  const options = readBenchOptions(process.argv.slice(2), names);
  if (options.help) {
    process.stdout.write(`${USAGE}The parts: ${names.join(", ")}\n`);
    return;
  }
  const old = options.compare === undefined ? undefined : readReport(options.compare);
  const figures: Figure[] = [];
  for (const part of options.parts) {
    process.stderr.write(`Measuring ${part}\n`);
    figures.push(...((await PARTS[part]?.()) ?? []));
  }
  const report: Report = {
    date: new Date().toISOString(),
    node: process.version,
    product: productVersion(),
    cores: availableParallelism(),
    figures,
  };
  // Before the table: what has been measured must not be lost.
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  }
  if (options.svg !== undefined) writeFileSync(options.svg, drawPicture(figures));
  process.stdout.write(tableOf(figures, old?.figures));
}

function productVersion(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}
