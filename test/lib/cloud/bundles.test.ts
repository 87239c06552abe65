import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Template } from "aws-cdk-lib/assertions";
import { buildApp } from "../../../lib/cloud/app.ts";
import { findFunction, MARKETS, templateOf } from "./synthesize.ts";

let outdir: string;
let template: Template;
beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), "bundles-"));
  // Bundling announces each asset.
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
  template = templateOf(
    buildApp({ markets: MARKETS, only: "Thailand", outdir, validate: false }),
    "Thailand",
  );
  jest.restoreAllMocks();
}, 30_000);
afterAll(() => {
  rmSync(outdir, { recursive: true, force: true });
});

/** What the bundle exports when Lambda loads it, with the environment that the template gives it. */
async function load(service: string): Promise<string[]> {
  const { properties } = findFunction(template, service);
  const asset = `asset.${properties.Code.S3Key.replace(".zip", "")}`;
  const bundle = pathToFileURL(join(outdir, asset, "index.mjs")).href;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "-e", `console.log(Object.keys(await import("${bundle}")).join())`],
    { env: { AWS_REGION: "ap-southeast-1", ...resolved(properties.Environment.Variables) } },
  );
  return stdout.trim().split(",");
}

/** References become what CloudFormation would make of them: for the queues among them, a URL. */
function resolved(variables: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === "string" ? value : `https://sqs.ap-southeast-1.amazonaws.com/1/${name}.fifo`,
    ]),
  );
}

it.each(["inbound", "worker", "outbound-webhook", "outbound-sender"])(
  "the bundle of %s starts with the environment of its template and exports a handler",
  async (service) => {
    expect(await load(service)).toContain("handler");
  },
);
