import * as z from "zod";

/**
 * Properties of the resources that the local run implements. Strict on purpose: a property that is
 * neither implemented nor listed as without effect is an error, not a silent difference.
 */

/** Properties that change nothing on one machine. */
export const noEffect = z.unknown().optional();

export const queueSchema = z.strictObject({
  QueueName: z.string().optional(),
  FifoQueue: z.boolean().optional(),
  ContentBasedDeduplication: z.boolean().optional(),
  DeduplicationScope: z.string().optional(),
  FifoThroughputLimit: z.string().optional(),
  VisibilityTimeout: z.int().default(30),
  MessageRetentionPeriod: z.int().optional(),
  MaximumMessageSize: z.int().optional(),
  DelaySeconds: z.int().optional(),
  ReceiveMessageWaitTimeSeconds: z.int().optional(),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.int().min(1).max(1000) })
    .optional(),
  RedriveAllowPolicy: z.record(z.string(), z.unknown()).optional(),
  SqsManagedSseEnabled: z.boolean().optional(),
  KmsMasterKeyId: noEffect,
  KmsDataKeyReusePeriodSeconds: noEffect,
  Tags: noEffect,
});

const keySchema = z.array(
  z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }),
);

export const tableSchema = z.strictObject({
  TableName: z.string().optional(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) }),
  ),
  BillingMode: z.literal("PAY_PER_REQUEST"),
  // Nothing expires here. On AWS nothing expires on time either, so readers check for themselves.
  TimeToLiveSpecification: noEffect,
  PointInTimeRecoverySpecification: noEffect,
  SSESpecification: noEffect,
  DeletionProtectionEnabled: noEffect,
  TableClass: noEffect,
  Replicas: noEffect,
  Tags: noEffect,
});

/** Its other properties ask for other sets of characters. */
export const generatedSecretSchema = z.strictObject({
  PasswordLength: z.int().min(4).max(4096).default(32),
  ExcludePunctuation: z.boolean().default(false),
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
});

export const secretSchema = z.strictObject({
  Name: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: generatedSecretSchema.optional(),
  Description: noEffect,
  KmsKeyId: noEffect,
  Tags: noEffect,
});

export const functionSchema = z.strictObject({
  FunctionName: z.string().optional(),
  Handler: z.string().regex(/^[\w-]+\.[\w-]+$/, { error: "must look like index.handler" }),
  Runtime: z.string().startsWith("nodejs"),
  Role: z.string(),
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  /** Seconds. */
  Timeout: z.int().min(1).max(900).default(3),
  /** MB. */
  MemorySize: z.int().default(128),
  Environment: z
    .strictObject({ Variables: z.record(z.string(), z.string()).default({}) })
    .default({ Variables: {} }),
  PackageType: z.literal("Zip").optional(),
  Architectures: noEffect,
  Description: noEffect,
  KmsKeyArn: noEffect,
  LoggingConfig: noEffect,
  ReservedConcurrentExecutions: noEffect,
  RecursiveLoop: noEffect,
  RuntimeManagementConfig: noEffect,
  Tags: noEffect,
  TracingConfig: noEffect,
});

export const eventSourceSchema = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.int().min(1).max(10).default(10),
  Enabled: z.boolean().default(true),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int().min(2).max(1000) }).optional(),
  Tags: noEffect,
});

/** One try, as the stand-in for Lambda makes it. */
export const eventInvokeSchema = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal("$LATEST"),
  MaximumEventAgeInSeconds: z.int().min(60).max(21_600).optional(),
  MaximumRetryAttempts: z.literal(0),
});

export const routeSchema = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().startsWith("integrations/"),
  AuthorizationType: z.literal("NONE").optional(),
  OperationName: noEffect,
});

export const integrationSchema = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal("AWS_PROXY"),
  /** ARN of the function. */
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal("2.0"),
  TimeoutInMillis: z.int().min(50).max(30_000).default(30_000),
  Description: noEffect,
});

export const subscriptionSchema = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
});

export const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));

const policyDocumentSchema = z.object({
  Statement: z.array(
    z.strictObject({
      Sid: noEffect,
      Effect: z.enum(["Allow", "Deny"]),
      Action: oneOrMore,
      Resource: oneOrMore,
      Condition: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

export const policySchema = z.object({
  PolicyDocument: policyDocumentSchema,
  Roles: z.array(z.string()).default([]),
});

export const roleSchema = z.object({
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.object({ PolicyDocument: policyDocumentSchema })).default([]),
});
