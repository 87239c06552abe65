/**
 * Customers and agents talk through the whole local stack while a seeded plan lets things go wrong.
 * Fails when anything is lost, doubled without a cause, swapped, or found in a log, and when a brand's trouble
 * holds up the others.
 *
 *     npm run chaos -- --help
 */
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleMarkets } from "../sample-markets.ts";
import { faultsOf } from "./faults-of.ts";
import { type ChaosOptions, readOptions, USAGE } from "./options.ts";
import { report } from "./report.ts";
import { runChaos } from "./run-chaos.ts";
import { TROUBLED } from "./troubles.ts";

/** Of the market's own brands, in their order; the others push, and keep no texts. */
const SETTINGS = [
  { reply: "reply-first", replyUnclear: "push", quotes: "text" },
  { reply: "reply-first", replyUnclear: "fail" },
] as const;

/** Kept where a run has faults. */
const LOG = "functions.log";

process.exit(await main());

async function main(): Promise<number> {
  let options: ChaosOptions;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    print(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 1;
  }
  if (options.help) {
    print(USAGE);
    return 0;
  }
  const directory = mkdtempSync(join(tmpdir(), "line-genesys-chaos-"));
  let faults: number | undefined;
  try {
    faults = await chaos(options, directory);
  } finally {
    if (faults === 0) rmSync(directory, { recursive: true, force: true });
    else print(`What the functions logged: ${join(directory, LOG)}`);
  }
  return faults === 0 ? 0 : 1;
}

/** Resolves to the number of faults. */
async function chaos(options: ChaosOptions, directory: string): Promise<number> {
  const marketsFile = join(directory, "markets.json");
  const { market, brandKeys } = writeMarkets(options, marketsFile);
  print(`Starting ${market} with ${options.messages} messages, seed ${options.seed} …`);
  const started = Date.now();
  const log = createWriteStream(join(directory, LOG));
  const outcome = await runChaos({
    ...options,
    market,
    brandKeys,
    marketsFile,
    print,
    onLog: ({ source, text }) => log.write(`${source} ${text}\n`),
  });
  log.end();
  await once(log, "close");
  const seconds = (Date.now() - started) / 1_000;
  print(report(outcome, { market, seed: options.seed, seconds }));
  const faults = faultsOf(outcome, options.reach);
  print(
    faults.length === 0
      ? "Nothing lost, doubled or swapped, and no brand held up by another."
      : faults.join("\n"),
  );
  return faults.length;
}

/** The sample markets, with the run's rate, brands that reply and the brands that are to be in trouble. */
function writeMarkets({ market, genesysRate }: ChaosOptions, file: string) {
  const markets = sampleMarkets();
  const name = market ?? Object.keys(markets)[0] ?? "";
  const chosen = markets[name];
  if (chosen === undefined)
    throw new Error(`--market ${name}: choose one of ${Object.keys(markets).join(", ")}`);
  chosen.requestsPerMinute = genesysRate;
  for (const [index, brand] of Object.values(chosen.brands).entries()) {
    Object.assign(brand, SETTINGS[index]);
  }
  for (const key of TROUBLED) chosen.brands[key] = { brand: `Brand_${key}` };
  writeFileSync(file, JSON.stringify(markets));
  return { market: name, brandKeys: Object.keys(chosen.brands) };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
