import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Markets, readMarkets } from "./markets.ts";
import { MarketsError } from "./markets-error.ts";

const CDK_JSON = fileURLToPath(new URL("../cdk.json", import.meta.url));

/** The markets of a JSON file, by default of cdk.json. Throws MarketsError. */
export function loadMarkets(file: string | undefined): Markets {
  let text: string;
  try {
    text = readFileSync(file ?? CDK_JSON, "utf8");
  } catch (error) {
    throw new MarketsError([
      `--markets ${file}: ${error instanceof Error ? error.message : error}`,
    ]);
  }
  try {
    return readMarkets(text, dirname(file ?? CDK_JSON));
  } catch (error) {
    throw error instanceof MarketsError ? error.in(file ?? "cdk.json") : error;
  }
}
