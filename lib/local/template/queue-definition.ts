import type { ResourceAttributes } from "./intrinsics.ts";
import { parsePart } from "./template-error.ts";
import { queueSchema } from "./template-resources.ts";

export interface QueueDefinition {
  logicalId: string;
  name: string;
  arn: string;
  url: string;
  /** In the form that CreateQueue takes. */
  attributes: Record<string, string>;
  visibilityTimeoutSeconds: number;
  deadLetterQueueArn: string | undefined;
}

/** Reads the resolved properties of an AWS::SQS::Queue. Throws TemplateError. */
export function defineQueue(
  logicalId: string,
  properties: unknown,
  { ref, attributes }: ResourceAttributes,
): QueueDefinition {
  const { QueueName, Tags, KmsMasterKeyId, KmsDataKeyReusePeriodSeconds, ...settings } = parsePart(
    logicalId,
    queueSchema,
    properties,
  );
  return {
    logicalId,
    name: attributes.QueueName ?? logicalId,
    arn: attributes.Arn ?? logicalId,
    url: ref,
    attributes: Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [
        name,
        typeof value === "object" ? JSON.stringify(value) : String(value),
      ]),
    ),
    visibilityTimeoutSeconds: settings.VisibilityTimeout,
    deadLetterQueueArn: settings.RedrivePolicy?.deadLetterTargetArn,
  };
}
