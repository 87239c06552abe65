import { devNull } from "node:os";
import { compileCache } from "../compile-cache.ts";
import type { FunctionDefinition } from "../template/function-definition.ts";

export interface AwsEndpoints {
  sqs: string;
  s3: string;
  dynamodb: string;
  secretsManager: string;
  lambda: string;
}

/**
 * The environment of a function's processes: the template's variables, what Lambda adds, and the
 * local endpoints. Of this machine it has PATH, and where Node keeps compiled code; the process hides that
 * from the function. An override takes effect only where the template has the
 * variable.
 */
export function functionEnvironment(
  definition: FunctionDefinition,
  region: string,
  endpoints: AwsEndpoints,
  overrides: Record<string, string>,
): Record<string, string> {
  const { environment, name, service, memoryMegabytes, handler, codeDirectory } = definition;
  const overridden = Object.entries(overrides).filter(([variable]) => variable in environment);
  const { PATH = "" } = process.env;
  return {
    PATH,
    NODE_COMPILE_CACHE: compileCache(),
    TZ: ":UTC",
    ...environment,
    ...Object.fromEntries(overridden),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // Tells the AWS parts of the run which function is calling.
    AWS_ACCESS_KEY_ID: accessKeyOf(service),
    AWS_SECRET_ACCESS_KEY: "local",
    // The AWS profile of the person at this machine must have no effect.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    LAMBDA_TASK_ROOT: codeDirectory,
    _HANDLER: handler,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
  };
}

/** The access key under which a function calls AWS. */
export function accessKeyOf(service: string): string {
  return `LOCAL-${service}`;
}
