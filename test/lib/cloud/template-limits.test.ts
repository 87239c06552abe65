import { rmSync } from "node:fs";
import { buildApp } from "../../../lib/cloud/app.ts";
import { templateFaults } from "../../../lib/cloud/template-limits.ts";
import { parseMarkets } from "../../../lib/markets.ts";
import { MarketsError } from "../../../lib/markets-error.ts";
import { MANY_ATTRIBUTES } from "../../many-attributes.ts";
import { WITHOUT_BUNDLING, withoutTraces } from "./synthesize.ts";

const faultsOf = (resources: object) =>
  templateFaults(JSON.stringify({ Resources: resources }), "Thailand", 2);
const topics = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [n, { Type: "AWS::SNS::Topic" }]));
const lambda = (variables: object) => ({
  Fn: {
    Type: "AWS::Lambda::Function",
    Properties: { Environment: { Variables: variables } },
  },
});

describe("a template that AWS would refuse", () => {
  it("has more than 500 resources", () => {
    expect(faultsOf(topics(500))).toEqual([]);
    expect(faultsOf(topics(501))).toEqual([
      "markets.Thailand.brands: the stack of 2 brands has 501 resources; CloudFormation takes 500: move some of its brands to another market",
    ]);
  });

  it("has more than 1,000,000 bytes, of which a Thai letter takes three", () => {
    const sized = (bytes: number) => {
      const empty = JSON.stringify({ Resources: { A: { Type: "" } } }).length;
      return { A: { Type: "ก".repeat((bytes - empty - 1) / 3) + "x".repeat((bytes - empty) % 3) } };
    };
    expect(faultsOf(sized(1_000_000))).toEqual([]);
    expect(faultsOf({ ...sized(1_000_000), B: { Type: "" } })[0]).toMatch(
      /^markets\.Thailand\.brands: the template of 2 brands has 1000\d+ bytes; CloudFormation takes 1000000: move /,
    );
  });

  it("has a function whose variables as JSON take more than 4,096 bytes", () => {
    // {"A":"\"…"} are 10 bytes around the rest.
    expect(faultsOf(lambda({ A: `"${"x".repeat(4_086)}` }))).toEqual([]);
    expect(faultsOf(lambda({ A: `"${"x".repeat(4_087)}` }))).toEqual([
      "markets.Thailand: the environment of the function Fn can take 4097 bytes; Lambda takes 4096: use shorter brand keys, or move some of its brands to another market",
    ]);
  });

  it("has references in variables, which count as the longest name that a resource can have", () => {
    const url = { "Fn::Join": ["", ["https://", { Ref: "Bucket" }, "/"]] };
    const prefix = { "Fn::Select": [0, { "Fn::Split": ["x", { Ref: "Queue" }] }] };
    const around = JSON.stringify({ A: "https:///", B: "", C: "" }).length;
    const free = 4_096 - around - 2 * 255;
    expect(faultsOf(lambda({ A: url, B: prefix, C: "x".repeat(free) }))).toEqual([]);
    expect(faultsOf(lambda({ A: url, B: prefix, C: "x".repeat(free + 1) }))).toHaveLength(1);
  });

  it("has a queue whose name is longer than 80 characters", () => {
    const queue = (length: number) => ({
      Q: { Type: "AWS::SQS::Queue", Properties: { QueueName: "x".repeat(length) } },
      Unnamed: { Type: "AWS::SQS::Queue", Properties: {} },
    });
    expect(faultsOf(queue(80))).toEqual([]);
    expect(faultsOf(queue(81))).toEqual([
      `markets.Thailand: the queue's name ${"x".repeat(81)} has 81 characters; SQS takes 80: use a shorter key for the market or the brand`,
    ]);
  });
});

describe("a market's brands", () => {
  function synthesizing(market: string, brands: number, keyLength: number) {
    const keys = Array.from({ length: brands }, (_, n) => `b${n}`.padEnd(keyLength, "x"));
    const markets = parseMarkets({
      [market]: {
        awsRegion: "ap-southeast-1",
        genesysRegion: "ap-southeast-1",
        alarmEmail: "operations@example.com",
        // Each alarm names it.
        runbookUrl: "https://wiki.example.com/".padEnd(300, "x"),
        // Custom attributes go into settings.json beside the functions, not into the template.
        brands: Object.fromEntries(
          keys.map((key) => [key, { brand: "B", customAttributes: MANY_ATTRIBUTES }]),
        ),
      },
    });
    return withoutTraces(() => {
      const app = buildApp({ markets, context: WITHOUT_BUNDLING });
      try {
        return app.synth();
      } finally {
        rmSync(app.outdir, { recursive: true, force: true });
      }
    });
  }
  const LONGEST = "M".padEnd(32, "a");

  // The numbers stand in lib/CONFIGURATION.md.
  it.each([
    ["Thailand", 24, 1],
    [LONGEST, 24, 32],
  ])(
    "in %s fit, when they are %i with keys of at least %i characters, and one more does not",
    (market, brands, keyLength) => {
      expect(synthesizing(market, brands, keyLength).stacks).toHaveLength(1);
      const refused = jest.fn(() => synthesizing(market, brands + 1, keyLength));
      expect(refused).toThrow(
        /has \d+ resources; CloudFormation takes 500: move some of its brands to another market/,
      );
      expect(refused.mock.results[0]?.value).toBeInstanceOf(MarketsError);
    },
  );
});
