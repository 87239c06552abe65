import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { ENV } from "../../../lambdas/shared/contract/environment-variables.ts";
import { findRuns, type RunFile } from "../../local/run-file.ts";
import type { Market } from "../../market-schema.ts";
import { stackName } from "../../markets.ts";
import { loadMarkets } from "../../markets-file.ts";
import { platformUrls } from "../../platform-urls.ts";
import { OperatorError, UsageError } from "../errors.ts";
import { type AwsClients, createAwsClients } from "./aws-clients.ts";

const PROJECT = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");

/** The market that a command works on, in AWS or on this machine. */
export interface Target {
  market: string;
  settings: Market;
  stackName: string;
  region: string;
  /** The gateway's URL of a bridge on this machine; undefined in AWS. */
  local: string | undefined;
  platforms: { lineApi: string; genesysApi: string; genesysLogin: string };
  aws: AwsClients;
}

export interface TargetOptions {
  market?: string | undefined;
  /** A JSON file with another `markets` object than cdk.json's. */
  markets?: string | undefined;
  /** Work on a bridge that runs on this machine; a string is the URL of its gateway. */
  local?: boolean | string | undefined;
}

/** Finds the market. Throws UsageError or OperatorError, and MarketsError for a faulty configuration. */
export function findTarget(
  options: TargetOptions,
  runsHere: () => readonly RunFile[] = findRuns,
): Target {
  return options.local === undefined || options.local === false
    ? deployedMarket(options)
    : runningMarket(options, runsHere());
}

function deployedMarket({ market, markets: file }: TargetOptions): Target {
  const markets = loadMarkets(file);
  const names = Object.keys(markets);
  const name = market ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    throw new UsageError(`--market is missing: choose one of ${names.join(", ")}`);
  }
  const settings = Object.hasOwn(markets, name) ? markets[name] : undefined;
  if (settings === undefined) {
    throw new UsageError(`--market ${name}: there is none; choose one of ${names.join(", ")}`);
  }
  const urls = platformUrls(settings.genesysRegion);
  return {
    market: name,
    settings,
    stackName: stackName(name),
    region: settings.awsRegion,
    local: undefined,
    platforms: {
      lineApi: urls[ENV.lineApiUrl],
      genesysApi: urls[ENV.genesysApiUrl],
      genesysLogin: urls[ENV.genesysLoginUrl],
    },
    aws: createAwsClients(settings.awsRegion),
  };
}

function runningMarket({ market, local }: TargetOptions, runs: readonly RunFile[]): Target {
  const gateway = typeof local === "string" ? originOf(local) : undefined;
  const found = runs.filter(
    (run) =>
      (market === undefined || run.market === market) &&
      (gateway === undefined || run.gateway === gateway),
  );
  const [run] = found;
  if (run === undefined) {
    throw new OperatorError(
      runs.length === 0
        ? "No bridge runs on this machine: start one in another terminal with npm start."
        : `No such bridge runs on this machine. These are running: ${describeRuns(runs)}.`,
    );
  }
  if (found.length > 1) {
    throw new UsageError(
      `--local: several bridges run on this machine (${describeRuns(found)}); say which one with --local <gateway>`,
    );
  }
  return localTarget(run);
}

/** The market of a bridge that runs on this machine. */
export function localTarget({ aws, gateway, platforms, ...run }: RunFile): Target {
  const { market, settings, stackName, region } = run;
  return {
    market,
    settings,
    stackName,
    region,
    local: gateway,
    platforms,
    aws: createAwsClients(region, aws),
  };
}

/** The operator command for this market, to print as advice; it works in the folder in which this one was called. */
export function operatorCommand(verb: string, { market, local }: Target): string {
  const where = local === undefined ? `--market ${market}` : `--local ${local}`;
  const way = relative(PROJECT, process.cwd());
  const isInside = way.split(sep)[0] !== ".." && !isAbsolute(way);
  const npm = isInside ? "npm" : `npm --prefix ${quoted(PROJECT)}`;
  return `${npm} run operator -- ${verb} ${where}`;
}

/** For a shell. */
function quoted(path: string): string {
  return /^[\w/.:\\-]+$/.test(path) ? path : `"${path}"`;
}

function originOf(text: string): string {
  if (!URL.canParse(text)) {
    throw new UsageError(
      `--local ${text}: must be the gateway's URL, such as http://127.0.0.1:3000`,
    );
  }
  return new URL(text).origin;
}

function describeRuns(runs: readonly RunFile[]): string {
  return runs.map(({ market, gateway }) => `${market} at ${gateway}`).join(", ");
}
