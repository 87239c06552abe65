import { ENV } from "../../../lambdas/shared/contract/environment-variables.ts";
import type { ResourceAttributes } from "./intrinsics.ts";
import { type RolePolicies, rolePolicies } from "./role-policies.ts";
import type { Template, TemplateResource } from "./template.ts";
import { found, parsePart, TemplateError } from "./template-error.ts";
import { functionSchema } from "./template-resources.ts";

/** Lambda's limit for the names and values of a function's environment variables. */
const MAX_ENVIRONMENT_BYTES = 4096;

export interface FunctionDefinition {
  logicalId: string;
  name: string;
  arn: string;
  /** The function's short name, its POWERTOOLS_SERVICE_NAME. */
  service: string;
  /** For example `index.handler`. */
  handler: string;
  codeDirectory: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  environment: Record<string, string>;
  roleLogicalId: string;
  permissions: RolePolicies;
}

/**
 * Reads an AWS::Lambda::Function and what its role may do. Undefined for a function that is not the
 * bridge's, such as a helper that CDK adds. Throws TemplateError.
 */
export function defineFunction(
  resource: TemplateResource,
  template: Template,
  known: ReadonlyMap<string, ResourceAttributes>,
  properties: (resource: TemplateResource) => unknown,
): FunctionDefinition | undefined {
  const { logicalId } = resource;
  if (!JSON.stringify(resource.properties).includes(ENV.service)) return undefined;
  const settings = parsePart(logicalId, functionSchema, properties(resource));
  const environment = settings.Environment.Variables;
  const environmentBytes = Object.entries(environment)
    .flat()
    .reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (environmentBytes > MAX_ENVIRONMENT_BYTES) {
    throw new TemplateError(
      logicalId,
      `${environmentBytes} bytes of environment variables; Lambda allows ${MAX_ENVIRONMENT_BYTES}`,
    );
  }
  const { ref, attributes } = found(known.get(resource.logicalId), logicalId, "has no attributes");
  const role = found(
    template.resources.find(
      (candidate) => known.get(candidate.logicalId)?.attributes.Arn === settings.Role,
    ),
    logicalId,
    `${settings.Role} is no role of this template`,
  );
  return {
    logicalId,
    name: ref,
    arn: attributes.Arn ?? logicalId,
    service: found(environment[ENV.service], logicalId, `lacks ${ENV.service}`),
    handler: settings.Handler,
    codeDirectory: found(
      template.assetDirectories.get(settings.Code.S3Key),
      logicalId,
      `the asset manifest has no ${settings.Code.S3Key}`,
    ),
    timeoutSeconds: settings.Timeout,
    memoryMegabytes: settings.MemorySize,
    environment,
    roleLogicalId: role.logicalId,
    permissions: rolePolicies(
      {
        logicalId: role.logicalId,
        name: found(known.get(role.logicalId), logicalId, "has no role").ref,
      },
      template.resources,
      properties,
    ),
  };
}
