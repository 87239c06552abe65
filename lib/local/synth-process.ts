/**
 * Synthesizes one market for the run that started this process, and then ends. Its arguments: the market's
 * name, the directory of the cloud assembly, and the file with the markets unless that is cdk.json.
 */
import { enableCompileCache } from "node:module";
import { MarketsError } from "../markets-error.ts";
import { loadMarkets } from "../markets-file.ts";
import type { SynthFault } from "./start-synth.ts";

// Ctrl-C reaches the whole process group; the run itself ends this process.
process.on("SIGINT", () => {});
enableCompileCache();

const [, , only = "", outdir = "", marketsFile] = process.argv;
try {
  const markets = loadMarkets(marketsFile);
  const { buildApp } = await import("../cloud/app.ts");
  // `npm run check` and `cdk synth` check the rules; here that would only delay the start.
  buildApp({ markets, only, outdir }).synth();
} catch (error) {
  if (!(error instanceof MarketsError)) throw error;
  const fault: SynthFault = { faults: error.faults };
  process.send?.(fault);
  process.exitCode = 1;
}
process.disconnect?.();
