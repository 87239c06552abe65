import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findRuns, type RunFile, writeRunFile } from "../../../lib/local/run-file.ts";
import { parseMarkets } from "../../../lib/markets.ts";
import { awsAt } from "../aws-at.ts";

const settings = parseMarkets({
  Thailand: {
    awsRegion: "ap-southeast-1",
    genesysRegion: "ap-northeast-1",
    brands: { "retail-thai": { brand: "Retail_Thai" } },
  },
}).Thailand;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "runs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(pid: number): RunFile {
  const url = "http://127.0.0.1:3000";
  if (settings === undefined) throw new Error("no settings");
  return {
    pid,
    market: "Thailand",
    gateway: url,
    stackName: "LineGenesysBridge-Thailand",
    region: "ap-southeast-1",
    aws: awsAt(url),
    platforms: { lineApi: url, lineDataApi: url, genesysApi: url, genesysLogin: url },
    settings,
  };
}

const fileOf = (pid: number) => join(folder, `line-genesys-bridge-${pid}.run.json`);

test("a run is found until it takes its file back", () => {
  expect(findRuns(folder)).toEqual([]);
  const forget = writeRunFile(run(process.pid), folder);
  expect(findRuns(folder)).toEqual([run(process.pid)]);
  expect(statSync(fileOf(process.pid)).mode & 0o777).toBe(0o600);
  forget();
  expect(readdirSync(folder)).toEqual([]);
  // A second time, as after a crash on the way out.
  forget();
});

test("a run whose process has gone is tidied up", () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  writeRunFile(run(pid), folder);
  const forget = writeRunFile(run(process.pid), folder);
  expect(findRuns(folder).map((found) => found.pid)).toEqual([process.pid]);
  expect(existsSync(fileOf(pid))).toBe(false);
  forget();
});

test.each([
  ["is no JSON", "{"],
  ["is of another version", JSON.stringify({ pid: process.pid, market: "Thailand" })],
  ["has settings that are none", JSON.stringify({ ...run(process.pid), settings: {} })],
])("a file that %s is passed over and left alone", (_, content) => {
  writeFileSync(fileOf(process.pid), content);
  expect(findRuns(folder)).toEqual([]);
  expect(existsSync(fileOf(process.pid))).toBe(true);
});

test("other users' files are passed over", () => {
  const forget = writeRunFile(run(process.pid), folder);
  const own = process.getuid?.() ?? 0;
  const getuid = jest.spyOn(process as { getuid(): number }, "getuid").mockReturnValue(own + 1);
  try {
    expect(findRuns(folder)).toEqual([]);
  } finally {
    getuid.mockRestore();
    forget();
  }
});
