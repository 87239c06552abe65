import { readFileSync, rmSync } from "node:fs";
import type { Template } from "aws-cdk-lib/assertions";
import { buildApp } from "../../lib/cloud/app.ts";
import { parseMarkets } from "../../lib/markets.ts";
import { templateOf, WITHOUT_BUNDLING, withoutTraces } from "../lib/cloud/synthesize.ts";
import { resourceTable } from "./resource-table.ts";

const PAGE = readFileSync("lambdas/README.md", "utf8");

/** The template of a market with so many brands, and otherwise as the settings are if nobody sets them. */
function templateWith(brands: number): Template {
  const keys = Array.from({ length: brands }, (_, index) => `brand-${index}`);
  const Market = {
    awsRegion: "ap-southeast-1",
    genesysRegion: "ap-southeast-1",
    brands: Object.fromEntries(keys.map((key) => [key, { brand: key }])),
  };
  const app = withoutTraces(() =>
    buildApp({ markets: parseMarkets({ Market }), context: WITHOUT_BUNDLING }),
  );
  try {
    return templateOf(app, "Market");
  } finally {
    rmSync(app.outdir, { recursive: true, force: true });
  }
}

it("lambdas/README.md says what is deployed, as the template does", () => {
  const [, rest = ""] = PAGE.split("## What is deployed\n");
  const table = rest.slice(rest.indexOf("| Resource |")).split("\n\n")[0];
  expect(table).toBe(resourceTable(templateWith(1), templateWith(2)));
});
