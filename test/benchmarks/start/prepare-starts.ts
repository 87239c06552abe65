import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { buildApp } from "../../../lib/cloud/app.ts";
import { bundleOptions } from "../../../lib/cloud/bundle.ts";
import { functionEnvironment } from "../../../lib/local/functions/function-environment.ts";
import { defineStack } from "../../../lib/local/template/stack-definition.ts";
import { readTemplate } from "../../../lib/local/template/template.ts";
import { parseMarkets, stackName } from "../../../lib/markets.ts";
import { bundleContents } from "../../bundle-contents.ts";
import { sampleMarkets } from "../../sample-markets.ts";
import type { Start } from "./fresh-process.ts";
import { twoEvents } from "./two-events.ts";

const MARKET = "Thailand";
const REGION = "ap-southeast-1";

/** The floor that the others are compared with. */
export const STOCK = "stock-sqs-handler";

/** By the names of their files. */
const FLOORS = ["empty-handler", STOCK];

/** One file with all of the AWS SDK's parts, as CDK's NodejsFunction would make it. */
export const AS_USUAL = { alias: {}, splitting: false };

const ENTRIES = new Map([
  ["inbound", "lambdas/inbound/start.ts"],
  ["worker", "lambdas/worker/start.ts"],
  ["outbound-webhook", "lambdas/outbound/webhook/start.ts"],
  ["outbound-sender", "lambdas/outbound/sender/start.ts"],
]);

/** What is in a function's bundle, or in a floor; undefined for another version's. */
export function contentsOf(name: string) {
  const entry = ENTRIES.get(name);
  if (entry !== undefined) return bundleContents(entry);
  const floor = `test/benchmarks/start/${name}.ts`;
  return FLOORS.includes(name) ? bundleContents(floor, AS_USUAL) : undefined;
}

/** Synthesizes the sample market into `directory`, as it is deployed. */
export function synthesizeMarket(directory: string): void {
  buildApp({ markets: parseMarkets(sampleMarkets()), only: MARKET, outdir: directory }).synth();
}

/** Makes the floors and the program that starts bundles, in `directory`. */
export function makeFloors(directory: string): string {
  mkdirSync(directory, { recursive: true });
  for (const name of [...FLOORS, "started-process"]) {
    const entry = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
    buildSync({ ...bundleOptions(entry, directory), ...AS_USUAL, sourcemap: false });
  }
  return join(directory, "started-process.mjs");
}

/** Each function of a synthesized market, and both floors, ready to be started with `origin` in the place of all others. */
export function prepareStarts(options: {
  assembly: string;
  floors: string;
  program: string;
  origin: string;
  certificate: string;
}): Map<string, Omit<Start, "slowed">> {
  const { assembly, floors, program, origin, certificate } = options;
  const template = readTemplate(assembly, stackName(MARKET));
  const endpoints = { sqs: origin, gateway: origin, media: origin };
  const { functions } = defineStack(template, REGION, endpoints);
  const aws = { sqs: origin, s3: origin, dynamodb: origin, secretsManager: origin, lambda: origin };
  const platforms = Object.fromEntries(
    ["LINE_API", "LINE_DATA_API", "GENESYS_API", "GENESYS_LOGIN", "GENESYS_DOWNLOADS"].map(
      (name) => [`${name}_URL`, origin],
    ),
  );
  const trusted = { NODE_EXTRA_CA_CERTS: certificate, AWS_SESSION_TOKEN: "token" };
  const [brand = ""] = Object.keys(sampleMarkets()[MARKET]?.brands ?? {});
  const written = (name: string) => {
    const file = join(floors, `${name}.json`);
    writeFileSync(file, JSON.stringify(twoEvents(name, brand)));
    return file;
  };

  const starts = new Map<string, Omit<Start, "slowed">>();
  for (const definition of functions) {
    const { service, codeDirectory } = definition;
    if (!ENTRIES.has(service)) continue;
    starts.set(service, {
      program,
      bundle: join(codeDirectory, "index.mjs"),
      events: written(service),
      environment: { ...functionEnvironment(definition, REGION, aws, platforms), ...trusted },
    });
  }
  const [some] = functions;
  for (const name of FLOORS) {
    const environment = some && functionEnvironment({ ...some, environment: {} }, REGION, aws, {});
    starts.set(name, {
      program,
      bundle: join(floors, `${name}.mjs`),
      events: written(name),
      environment: { ...environment, ...trusted },
    });
  }
  return starts;
}
