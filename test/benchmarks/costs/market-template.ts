import { readFileSync, rmSync } from "node:fs";
import * as z from "zod";
import { buildApp } from "../../../lib/cloud/app.ts";
import { parseMarkets } from "../../../lib/markets.ts";

const resource = z.object({
  Type: z.string(),
  Properties: z.looseObject({}).default({}),
});

/** A resource of a template. */
export type Resource = z.infer<typeof resource>;

/** The resources of a market with so many brands, as they would be deployed. Nothing is bundled. */
export function marketResources(brands: number, settings: object = {}): Resource[] {
  const markets = parseMarkets({
    Thailand: {
      awsRegion: "ap-southeast-1",
      genesysRegion: "ap-southeast-1",
      alarmEmail: "operations@example.com",
      brands: Object.fromEntries(
        Array.from({ length: brands }, (_, n) => [`brand-${n}`, { brand: `Brand_${n}` }]),
      ),
      ...settings,
    },
  });
  const limit = Error.stackTraceLimit;
  // CDK notes a stack trace for each of thousands of constructs.
  Error.stackTraceLimit = 0;
  const app = buildApp({ markets, context: { "aws:cdk:bundling-stacks": [] } });
  try {
    const [stack] = app.synth().stacks;
    const template: unknown = JSON.parse(readFileSync(stack?.templateFullPath ?? "", "utf8"));
    const { Resources } = z.object({ Resources: z.record(z.string(), resource) }).parse(template);
    return Object.values(Resources);
  } finally {
    Error.stackTraceLimit = limit;
    rmSync(app.outdir, { recursive: true, force: true });
  }
}

const alarm = z.object({
  Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional(),
});

/** How many metrics the alarms read: AWS bills each of them in each alarm. */
export function alarmMetrics(resources: readonly Resource[]): number {
  return ofType(resources, "AWS::CloudWatch::Alarm").reduce((sum, { Properties }) => {
    const { Metrics } = alarm.parse(Properties);
    return sum + (Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1);
  }, 0);
}

export function ofType(resources: readonly Resource[], type: string): Resource[] {
  return resources.filter(({ Type }) => Type === type);
}

const lambda = z.object({
  MemorySize: z.number(),
  LoggingConfig: z.object({ SystemLogLevel: z.string().optional() }).optional(),
  Environment: z.object({ Variables: z.object({ POWERTOOLS_SERVICE_NAME: z.string() }) }),
});

/** The functions by their short names: how much memory they have (MB), and whether Lambda writes START, END and REPORT. */
export function functionsOf(resources: readonly Resource[]) {
  return new Map(
    ofType(resources, "AWS::Lambda::Function").flatMap(({ Properties }) => {
      const found = lambda.safeParse(Properties);
      if (!found.success) return [];
      const { MemorySize: megabytes, LoggingConfig, Environment } = found.data;
      const isReported = LoggingConfig?.SystemLogLevel !== "WARN";
      return [[Environment.Variables.POWERTOOLS_SERVICE_NAME, { megabytes, isReported }] as const];
    }),
  );
}
