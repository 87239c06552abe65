import { existsSync, readFileSync } from "node:fs";
import { App } from "aws-cdk-lib";
import { notices } from "../lib/cloud/notices.ts";
import { type Markets, parseMarkets, readMarkets } from "../lib/markets.ts";
import { MarketsError } from "../lib/markets-error.ts";
import { repeatedKeys } from "../lib/repeated-keys.ts";

try {
  const markets = loadMarkets();
  // A mistake in the markets is told before the stacks' code and the rules are loaded, which takes a second.
  const { buildCheckedApp } = await import("../lib/cloud/checked-app.ts");
  buildCheckedApp({ markets }).synth();
  for (const notice of notices(markets)) process.stderr.write(`${notice}\n`);
} catch (error) {
  if (!(error instanceof MarketsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** The `markets` context: of `cdk.json`, or of `-c markets='{…}'`. Throws MarketsError. */
function loadMarkets(): Markets {
  const context: unknown = new App({ autoSynth: false }).node.tryGetContext("markets");
  // `-c` hands its value over as text.
  if (typeof context === "string") return readMarkets(context);
  // The CLI has parsed cdk.json and silently dropped the first of two equal keys: only the text shows it.
  const faults = existsSync("cdk.json") ? repeatedKeys(readFileSync("cdk.json", "utf8")) : [];
  if (faults.length > 0) throw new MarketsError(faults);
  return parseMarkets(context);
}
