import * as z from "zod";
import type { FunctionDefinition } from "./function-definition.ts";
import type { TemplateResource } from "./template.ts";
import { parsePart } from "./template-error.ts";
import { noEffect } from "./template-resources.ts";

/** A function that is called at regular intervals. */
export interface ScheduleDefinition {
  logicalId: string;
  function: FunctionDefinition;
  milliseconds: number;
}

const UNITS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** The longest wait of Node's timers, 24 days. */
const MAX_MILLISECONDS = 2 ** 31 - 1;

const ruleSchema = z.strictObject({
  ScheduleExpression: z.string(),
  State: z.literal("ENABLED").optional(),
  Targets: z.tuple([z.strictObject({ Arn: z.string(), Id: noEffect })]),
  Name: noEffect,
  Description: noEffect,
  Tags: noEffect,
});

/**
 * Reads an AWS::Events::Rule with a rate as its schedule. Undefined for any other rule, which is no part
 * of a local run. Throws TemplateError for one that asks for more than a call of a function.
 */
export function defineSchedule(
  resource: TemplateResource,
  properties: (resource: TemplateResource) => unknown,
  findFunction: (logicalId: string, arn: string) => FunctionDefinition,
): ScheduleDefinition | undefined {
  const { logicalId } = resource;
  const milliseconds = rateMilliseconds(resource.properties.ScheduleExpression);
  if (milliseconds === undefined) return undefined;
  const [target] = parsePart(logicalId, ruleSchema, properties(resource)).Targets;
  return { logicalId, function: findFunction(logicalId, target.Arn), milliseconds };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html */
function rateMilliseconds(expression: unknown): number | undefined {
  const [, count, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(expression)) ?? [];
  const milliseconds = Number(count) * (UNITS[unit] ?? Number.NaN);
  return milliseconds > 0 && milliseconds <= MAX_MILLISECONDS ? milliseconds : undefined;
}
