import { type CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import * as z from "zod";
import { type Direction, queueName } from "../../../lambdas/shared/contract/queue-names.ts";
import { outputPrefix } from "../../markets.ts";
import { OperatorError, UsageError } from "../errors.ts";
import type { Target } from "./target.ts";

/** The parts of a deployed stack that the operator needs, from its outputs. */
export interface Stack {
  brands: BrandStack[];
  /** URLs of the queues of what was parked, which all brands share. */
  deadLetters: Record<Direction, string>;
  tableName: string;
  mediaBucket: string;
  mediaUrl: string;
  /** Undefined where the market wants none. */
  dashboardUrl: string | undefined;
  /** Undefined where the stack was deployed before it said so. */
  alarmTopicArn: string | undefined;
}

export interface BrandStack {
  key: string;
  /** The brand's name, value of the custom attribute `brand`. */
  name: string;
  lineWebhook: string;
  genesysWebhook: string;
  lineSecret: string;
  genesysSecret: string;
  /** Their URLs. */
  queues: Record<Direction, string>;
}

/**
 * Reads the stack's outputs. Throws OperatorError if the stack does not exist or is older than its
 * configuration.
 */
export async function readStack(target: Target): Promise<Stack> {
  const outputs = await readOutputs(target.aws.cloudFormation, target);
  const missing: string[] = [];
  const output = (key: string): string => {
    const value = outputs.get(key);
    if (value === undefined) missing.push(key);
    return value ?? "";
  };
  const queueUrlPrefix = output("QueueUrlPrefix");
  const queueUrl = (direction: Direction, key: string) =>
    queueUrlPrefix + queueName(target.market, direction, key);
  const stack: Stack = {
    brands: Object.entries(target.settings.brands).map(([key, { brand }]) => {
      const prefix = outputPrefix(key);
      return {
        key,
        name: brand,
        lineWebhook: output(`${prefix}LineWebhookUrl`),
        genesysWebhook: output(`${prefix}GenesysWebhookUrl`),
        lineSecret: output(`${prefix}LineSecretName`),
        genesysSecret: output(`${prefix}GenesysSecretName`),
        queues: { inbound: queueUrl("inbound", key), outbound: queueUrl("outbound", key) },
      };
    }),
    deadLetters: {
      inbound: output("InboundDeadLetterQueueUrl"),
      outbound: output("OutboundDeadLetterQueueUrl"),
    },
    tableName: output("TableName"),
    mediaBucket: output("MediaBucketName"),
    mediaUrl: output("MediaUrl"),
    dashboardUrl: outputs.get("DashboardUrl"),
    alarmTopicArn: outputs.get("AlarmTopicArn"),
  };
  if (missing.length > 0) {
    throw new OperatorError(
      `The stack ${target.stackName} has no output ${missing.join(", ")}: deploy it again (npx cdk deploy ${target.stackName}).`,
    );
  }
  return stack;
}

/** The brand with this key, or all of them if it is undefined. Throws UsageError if there is none. */
export function chooseBrands({ brands }: Stack, key: string | undefined): BrandStack[] {
  const chosen = brands.filter((brand) => (key ?? brand.key) === brand.key);
  if (chosen.length > 0) return chosen;
  const keys = brands.map((brand) => brand.key).join(", ");
  throw new UsageError(`--brand ${key}: there is none in this market; choose one of ${keys}`);
}

async function readOutputs(
  client: CloudFormationClient,
  { stackName, region }: Target,
): Promise<Map<string, string>> {
  const { Stacks = [] } = await client
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((error: unknown) => {
      if (!isAboutMissingStack(error)) throw error;
      throw new OperatorError(
        `There is no stack ${stackName} in ${region}: deploy it first (npx cdk deploy ${stackName}), or check the account that you are signed in to (aws sts get-caller-identity) and awsRegion in cdk.json.`,
      );
    });
  if (Stacks[0] === undefined) {
    throw new OperatorError(
      `What CloudFormation has answered names no stack ${stackName}: check the proxies between this machine and AWS.`,
    );
  }
  const outputs = (Stacks[0].Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [
    OutputKey,
    OutputValue,
  ]);
  return new Map(z.array(z.tuple([z.string(), z.string()])).parse(outputs));
}

/** CloudFormation has no error name for a missing stack. */
function isAboutMissingStack(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === "ValidationError" &&
    error.message.includes("does not exist")
  );
}
