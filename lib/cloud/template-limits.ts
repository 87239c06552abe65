import * as z from "zod";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_RESOURCES = 500;
const MAX_TEMPLATE_BYTES = 1_000_000;

/** Of the JSON of all variables. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_ENVIRONMENT_BYTES = 4_096;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
const MAX_QUEUE_NAME = 80;

/** The longest value that a reference can have: a table's name. Queue URLs, buckets and domains are shorter. */
const LONGEST_REFERENCE = "x".repeat(255);

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z
        .looseObject({
          QueueName: z.unknown().optional(),
          Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).optional(),
        })
        .optional(),
    }),
  ),
});

const join = z.object({ "Fn::Join": z.tuple([z.string(), z.array(z.unknown())]) });

/**
 * What AWS would refuse of a market's template (JSON), one sentence each: the value, the limit and what
 * to do. CDK itself only warns, or does not say how to go on.
 */
export function templateFaults(template: string, market: string, brands: number): string[] {
  const { Resources } = templateSchema.parse(JSON.parse(template));
  const faults: string[] = [];
  const path = `markets.${market}`;
  const refuse = (at: string, value: string, limit: string, remedy: string) =>
    faults.push(`${at}: ${value}; ${limit}: ${remedy}`);
  const split = "move some of its brands to another market";

  const resources = Object.values(Resources);
  if (resources.length > MAX_RESOURCES) {
    refuse(
      `${path}.brands`,
      `the stack of ${brands} brands has ${resources.length} resources`,
      `CloudFormation takes ${MAX_RESOURCES}`,
      split,
    );
  }
  const bytes = Buffer.byteLength(template);
  if (bytes > MAX_TEMPLATE_BYTES) {
    refuse(
      `${path}.brands`,
      `the template of ${brands} brands has ${bytes} bytes`,
      `CloudFormation takes ${MAX_TEMPLATE_BYTES}`,
      split,
    );
  }
  for (const [id, { Type, Properties }] of Object.entries(Resources)) {
    const variables = Properties?.Environment?.Variables;
    if (Type === "AWS::Lambda::Function" && variables !== undefined) {
      const size = environmentBytes(variables);
      if (size > MAX_ENVIRONMENT_BYTES) {
        refuse(
          path,
          `the environment of the function ${id} can take ${size} bytes`,
          `Lambda takes ${MAX_ENVIRONMENT_BYTES}`,
          `use shorter brand keys, or ${split}`,
        );
      }
    }
    const name = Properties?.QueueName;
    if (Type === "AWS::SQS::Queue" && typeof name === "string" && name.length > MAX_QUEUE_NAME) {
      refuse(
        path,
        `the queue's name ${name} has ${name.length} characters`,
        `SQS takes ${MAX_QUEUE_NAME}`,
        "use a shorter key for the market or the brand",
      );
    }
  }
  return faults;
}

function environmentBytes(variables: Record<string, unknown>): number {
  const longest = Object.entries(variables).map(([name, value]) => [name, longestValue(value)]);
  return Buffer.byteLength(JSON.stringify(Object.fromEntries(longest)));
}

/** The text with the longest value that each reference can have. */
function longestValue(value: unknown): string {
  if (typeof value === "string") return value;
  const joined = join.safeParse(value);
  if (!joined.success) return LONGEST_REFERENCE;
  const [separator, parts] = joined.data["Fn::Join"];
  return parts.map(longestValue).join(separator);
}
