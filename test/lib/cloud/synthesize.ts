import { rmSync } from "node:fs";
import type { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { buildApp } from "../../../lib/cloud/app.ts";
import { type Markets, parseMarkets, stackName } from "../../../lib/markets.ts";
import { keepInRun, keptInRun } from "../../jest/kept-in-run.ts";

/** Bundling takes seconds, and only bundles.test.ts looks at its result. */
export const WITHOUT_BUNDLING = { "aws:cdk:bundling-stacks": [] };

export const MARKETS: Markets = parseMarkets({
  Thailand: {
    awsRegion: "ap-southeast-1",
    genesysRegion: "ap-southeast-1",
    patienceHours: 6,
    mediaRetentionDays: 30,
    attachmentMegabytes: 20,
    logRetentionDays: 14,
    timeZone: "Asia/Bangkok",
    language: "th",
    brands: { "retail-thai": { brand: "Retail_Thai" }, "travel-thai": { brand: "Travel_Thai" } },
  },
  Japan: {
    awsRegion: "ap-northeast-1",
    genesysRegion: "ap-northeast-1",
    alarmEmail: "operations@example.com",
    runbookUrl: "https://wiki.example.com/bridge",
    tracing: true,
    brands: { "retail-japan": { brand: "Retail_Japan" } },
  },
});

/**
 * What `make` gives, which builds or synthesizes stacks. CDK notes a stack trace for each of thousands of
 * constructs, and Jest maps every line of it to the sources.
 */
export function withoutTraces<T>(make: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

const templates = new Map<string, object>();

/**
 * The template of one market's stack; the cloud assembly around it is removed again. It is made once in a
 * run of the tests.
 */
export function synthesize(market: string): Template {
  const known = templates.get(market) ?? sharedTemplate(market);
  templates.set(market, known);
  return Template.fromJSON(structuredClone(known));
}

function sharedTemplate(market: string): object {
  const name = `${market}.template.json`;
  const kept = keptInRun(name);
  if (kept !== undefined) return JSON.parse(kept);
  const template = newTemplate(market);
  keepInRun(name, JSON.stringify(template));
  return template;
}

function newTemplate(market: string): object {
  return withoutTraces(() => {
    const app = buildApp({ markets: MARKETS, only: market, context: WITHOUT_BUNDLING });
    try {
      return templateOf(app, market).toJSON();
    } finally {
      rmSync(app.outdir, { recursive: true, force: true });
    }
  });
}

/** The template of a market's stack in an app. */
export function templateOf(app: App, market: string): Template {
  return withoutTraces(() => Template.fromStack(app.node.findChild(stackName(market)) as Stack));
}

/** The function with this short name, and the logical id of its role. */
export function findFunction(template: Template, service: string) {
  const [found] = Object.values(
    template.findResources("AWS::Lambda::Function", {
      Properties: { Environment: { Variables: { POWERTOOLS_SERVICE_NAME: service } } },
    }),
  );
  if (found === undefined) throw new Error(`no function ${service} in the template`);
  const properties = found.Properties;
  return { properties, roleId: properties.Role["Fn::GetAtt"][0] as string };
}

interface Statement {
  Action: string | string[];
  Resource: unknown;
}

/** What a function's role allows, sorted, one line per action and resource: `sqs:SendMessage Table`. */
export function permissions(template: Template, service: string): string[] {
  const { roleId } = findFunction(template, service);
  const { Policies }: { Policies: { PolicyDocument: { Statement: Statement[] } }[] } =
    template.toJSON().Resources[roleId].Properties;
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action: string) =>
          [Resource].flat().map((resource: unknown) => `${action} ${describe(template, resource)}`),
        ),
    )
    .sort();
}

/**
 * A resource by what people call it: a secret and a brand's queue by its name, anything else by its logical id without
 * the hash, and what is in it by a slash and star behind that.
 */
function describe(template: Template, resource: unknown): string {
  const text = JSON.stringify(resource);
  const [, id] = /"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/.exec(text) ?? [];
  if (id === undefined) return text;
  const { Name, QueueName } = template.toJSON().Resources[id].Properties;
  const name = Name ?? QueueName ?? id.slice(0, -8);
  return text.includes('"/*"') ? `${name}/*` : name;
}
