import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { IConstruct } from "constructs";
import { buildApp } from "../../../lib/cloud/app.ts";
import { stackName } from "../../../lib/markets.ts";
import { MARKETS, WITHOUT_BUNDLING, withoutTraces } from "./synthesize.ts";

const APP = fileURLToPath(new URL("../../../bin/app.ts", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "app-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the app as the CDK CLI does. */
function run(markets: unknown) {
  const { status, stderr } = spawnSync(process.execPath, [APP], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      CDK_CONTEXT_JSON: JSON.stringify({ markets, ...WITHOUT_BUNDLING }),
      CDK_OUTDIR: join(folder, "cdk.out"),
    },
  });
  return { status, stderr };
}

describe("buildApp", () => {
  let stacks: IConstruct[];
  beforeAll(() => {
    const outdir = mkdtempSync(join(tmpdir(), "app-"));
    const app = withoutTraces(() =>
      buildApp({ markets: MARKETS, outdir, context: WITHOUT_BUNDLING }),
    );
    stacks = app.node.children;
    rmSync(outdir, { recursive: true });
  });

  it("makes one stack per market, in the market's region", () => {
    expect(
      stacks.map((stack) => ({ id: stack.node.id, region: Reflect.get(stack, "region") })),
    ).toEqual([
      { id: "LineGenesysBridge-Thailand", region: "ap-southeast-1" },
      { id: "LineGenesysBridge-Japan", region: "ap-northeast-1" },
    ]);
  });

  it("protects every stack against deletion", () => {
    const isProtected = stacks.map((stack) => Reflect.get(stack, "terminationProtection"));
    expect(isProtected).toEqual([true, true]);
  });

  it("makes the one stack that was asked for", () => {
    const app = withoutTraces(() =>
      buildApp({ markets: MARKETS, only: "Japan", outdir: folder, context: WITHOUT_BUNDLING }),
    );
    expect(app.node.children.map((stack) => stack.node.id)).toEqual([stackName("Japan")]);
  });

  it("names the markets there are when asked for another", () => {
    expect(() => buildApp({ markets: MARKETS, only: "Laos" })).toThrow(
      "markets.Laos: is missing; allowed: Thailand, Japan",
    );
  });
});

describe("bin/app.ts", () => {
  it("ends with the faults of the configuration and nothing else", () => {
    expect(run({ Laos: { ...MARKETS.Thailand, genesysRegion: "ap-east-1" } })).toEqual({
      status: 1,
      stderr: expect.stringMatching(
        /^The markets configuration has 1 fault\(s\):\n {2}markets\.Laos\.genesysRegion: "ap-east-1" is not allowed; allowed: us-east-1, .*\n$/,
      ),
    });
  });

  it("says after a synth what should be known before a deployment", () => {
    const { status, stderr } = run({ Laos: { ...MARKETS.Thailand, alarmEmail: null } });
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^alarmEmail is not set: nobody is told of alarms in Laos\. .*\nLambda concurrency: at most 32 in Laos; .*\n$/,
    );
  });

  it("takes markets as text too, as `-c` hands them over", () => {
    const text = JSON.stringify({ Japan: MARKETS.Japan });
    expect(run(text.replace("ap-northeast-1", "Tokyo"))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("markets.Japan.awsRegion"),
    });
  });

  it("finds keys that stand twice in cdk.json, which the CDK CLI has dropped by then", () => {
    const text = JSON.stringify({ context: { markets: MARKETS } });
    writeFileSync(join(folder, "cdk.json"), text.replace("travel-thai", "retail-thai"));
    expect(run(MARKETS)).toEqual({
      status: 1,
      stderr: expect.stringContaining(
        'context.markets.Thailand.brands.retail-thai: the key "retail-thai" stands twice; each key must be unique',
      ),
    });
  });
});
