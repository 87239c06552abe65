import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { buildCheckedApp } from "../../../lib/cloud/checked-app.ts";
import { readMarkets } from "../../../lib/markets.ts";
import { MARKETS, WITHOUT_BUNDLING, withoutTraces } from "./synthesize.ts";

const CDK_JSON = fileURLToPath(new URL("../../../cdk.json", import.meta.url));
const markets = readMarkets(readFileSync(CDK_JSON, "utf8"));

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "nag-"));
});
afterEach(() => {
  rmSync(outdir, { recursive: true, force: true });
});

it("every market of cdk.json keeps the AWS Solutions rules", () => {
  const assembly = withoutTraces(() =>
    buildCheckedApp({ markets, outdir, context: WITHOUT_BUNDLING }).synth(),
  );
  expect(assembly.stacks).toHaveLength(Object.keys(markets).length);
  const report = JSON.parse(readFileSync(join(outdir, "validation-report.json"), "utf8"));
  expect(report.pluginReports).toEqual([]);
});

it("so does a market whose functions are traced", () => {
  withoutTraces(() =>
    buildCheckedApp({ markets: MARKETS, only: "Japan", outdir, context: WITHOUT_BUNDLING }).synth(),
  );
  const report = JSON.parse(readFileSync(join(outdir, "validation-report.json"), "utf8"));
  expect(report.pluginReports).toEqual([]);
});

it("a resource that breaks a rule stops the synthesis", () => {
  // The finding is also printed.
  jest.spyOn(console, "error").mockImplementation(() => undefined);
  const app = buildCheckedApp({
    markets: MARKETS,
    only: "Japan",
    outdir,
    context: WITHOUT_BUNDLING,
  });
  const [stack] = app.node.children;
  if (stack === undefined) throw new Error("the app has no stack");
  new Queue(stack, "Careless");
  expect(() => app.synth()).toThrow();
  expect(readFileSync(join(outdir, "validation-report.json"), "utf8")).toContain(
    "AwsSolutions-SQS4",
  );
});
