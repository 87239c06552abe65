import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file of three markets, so that no test depends on those that cdk.json holds. */
export const SAMPLE_MARKETS_FILE = fileURLToPath(new URL("./sample-markets.json", import.meta.url));

/** A market's settings as a file holds them, with at least these. */
interface MarketSettings {
  brands: Record<string, object>;
  requestsPerMinute?: number;
}

/** The markets of the file, to be changed at will. */
export function sampleMarkets(): Record<string, MarketSettings> {
  return JSON.parse(readFileSync(SAMPLE_MARKETS_FILE, "utf8")).markets;
}
