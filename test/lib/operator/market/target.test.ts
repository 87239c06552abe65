import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import type { RunFile } from "../../../../lib/local/run-file.ts";
import { parseMarkets } from "../../../../lib/markets.ts";
import {
  findTarget,
  operatorCommand,
  type TargetOptions,
} from "../../../../lib/operator/market/target.ts";
import { SAMPLE_MARKETS_FILE } from "../../../sample-markets.ts";
import { awsAt } from "../../aws-at.ts";
import { temporaryDirectory } from "../../local/temporary-directory.ts";

const oneMarket = {
  Testland: {
    awsRegion: "ap-southeast-1",
    genesysRegion: "eu-west-1",
    brands: { shop: { brand: "Shop" } },
  },
};
const files = temporaryDirectory({ "one.json": JSON.stringify(oneMarket), "bad.json": "{" });
afterAll(files.remove);
const markets = join(files.path, "one.json");

describe("a deployed market", () => {
  it("is the only one of the file, with the addresses of its regions", () => {
    const target = findTarget({ markets });
    expect(target).toMatchObject({
      market: "Testland",
      stackName: "LineGenesysBridge-Testland",
      region: "ap-southeast-1",
      local: undefined,
      platforms: {
        lineApi: "https://api.line.me",
        genesysApi: "https://api.mypurecloud.ie",
        genesysLogin: "https://login.mypurecloud.ie",
      },
    });
    expect(target.settings.brands.shop?.brand).toBe("Shop");
    expect(operatorCommand("doctor", target)).toBe("npm run operator -- doctor --market Testland");
  });

  it("is named where there are several", () => {
    const several = { markets: SAMPLE_MARKETS_FILE };
    expect(findTarget({ ...several, market: "Japan" }).stackName).toBe("LineGenesysBridge-Japan");
    expect(() => findTarget(several)).toThrow(
      "--market is missing: choose one of Thailand, Taiwan, Japan",
    );
  });

  it.each([
    [
      "an unknown market",
      { markets, market: "Nowhere" },
      "--market Nowhere: there is none; choose one of Testland",
    ],
    [
      "a name of every object",
      { markets, market: "constructor" },
      "--market constructor: there is none",
    ],
    ["no file", { markets: "nowhere.json" }, "--markets nowhere.json"],
    ["a faulty file", { markets: join(files.path, "bad.json") }, "not valid JSON"],
  ])("is not found in case of %s", (_, options, message) => {
    expect(() => findTarget(options)).toThrow(message);
  });
});

describe("the command that a message names", () => {
  const project = process.cwd();
  afterEach(() => process.chdir(project));

  it("runs in the folder in which this one was called, in the project or elsewhere", () => {
    const target = findTarget({ markets });
    const inside = "npm run operator -- status --market Testland";
    for (const folder of [".", "lib", "lib/operator/market"]) {
      process.chdir(join(project, folder));
      expect(operatorCommand("status", target)).toBe(inside);
    }
    for (const folder of [tmpdir(), join(project, ".."), parse(project).root]) {
      process.chdir(folder);
      expect(operatorCommand("status", target)).toBe(
        inside.replace("npm", `npm --prefix ${project}`),
      );
    }
  });
});

describe("a bridge that runs here", () => {
  const settings = parseMarkets(oneMarket).Testland;

  function running(gateway: string, market = "Testland"): RunFile {
    if (settings === undefined) throw new Error("no settings");
    const url = "http://127.0.0.1:1";
    return {
      pid: process.pid,
      market,
      gateway,
      stackName: `LineGenesysBridge-${market}`,
      region: "ap-southeast-1",
      aws: awsAt(url),
      platforms: { lineApi: `${url}/line`, lineDataApi: url, genesysApi: url, genesysLogin: url },
      settings,
    };
  }
  const one = running("http://127.0.0.1:3000");
  const other = running("http://127.0.0.1:4000", "Otherland");

  it("is found by itself, with the platforms that it talks to", async () => {
    const target = findTarget({ local: true }, () => [one]);
    expect(target).toMatchObject({
      market: "Testland",
      local: "http://127.0.0.1:3000",
      platforms: { lineApi: "http://127.0.0.1:1/line" },
    });
    expect(await target.aws.sqs.config.endpoint?.()).toMatchObject({
      hostname: "127.0.0.1",
      port: 1,
    });
    expect(operatorCommand("setup", target)).toBe(
      "npm run operator -- setup --local http://127.0.0.1:3000",
    );
  });

  it("is chosen by its gateway or market where there are several", () => {
    const find = (options: TargetOptions) => findTarget(options, () => [one, other]);
    expect(find({ local: "http://127.0.0.1:4000/" }).market).toBe("Otherland");
    expect(find({ local: true, market: "Testland" }).local).toBe("http://127.0.0.1:3000");
    expect(() => find({ local: true })).toThrow(
      "--local: several bridges run on this machine (Testland at http://127.0.0.1:3000, Otherland at http://127.0.0.1:4000); say which one with --local <gateway>",
    );
    const wrong =
      /^No such bridge runs on this machine\. These are running: Testland at http:.*, Otherland at/;
    expect(() => find({ local: "http://127.0.0.1:5000" })).toThrow(wrong);
    expect(() => find({ local: true, market: "Nowhere" })).toThrow(wrong);
    expect(() => find({ local: "http://127.0.0.1:4000", market: "Testland" })).toThrow(wrong);
  });

  it("is not there", () => {
    expect(() => findTarget({ local: true }, () => [])).toThrow(
      "No bridge runs on this machine: start one in another terminal with npm start.",
    );
    expect(() => findTarget({ local: "3000" }, () => [one])).toThrow(
      "--local 3000: must be the gateway's URL, such as http://127.0.0.1:3000",
    );
  });
});
