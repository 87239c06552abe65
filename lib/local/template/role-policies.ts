import type { TemplateResource } from "./template.ts";
import { parsePart } from "./template-error.ts";
import { policySchema, roleSchema } from "./template-resources.ts";

export interface PolicyStatement {
  effect: "Allow" | "Deny";
  /** For example `sqs:SendMessage`; may hold wildcards. */
  actions: string[];
  /** ARNs; may hold wildcards. */
  resources: string[];
  conditions?: Record<string, unknown> | undefined;
}

export interface RolePolicies {
  statements: PolicyStatement[];
  /** ARNs of policies that AWS keeps, such as AWSLambdaBasicExecutionRole. */
  managedPolicies: string[];
}

/**
 * Collects what a role may do: its inline policies and the policies of the template that name it.
 * `properties` gives the resolved properties of a resource. Throws TemplateError.
 */
export function rolePolicies(
  role: { logicalId: string; name: string },
  resources: TemplateResource[],
  properties: (resource: TemplateResource) => unknown,
): RolePolicies {
  const own = resources
    .filter((resource) => resource.logicalId === role.logicalId)
    .map((resource) => parsePart(resource.logicalId, roleSchema, properties(resource)));
  const attached = resources
    .filter(({ type }) => type === "AWS::IAM::Policy" || type === "AWS::IAM::ManagedPolicy")
    .map((resource) => parsePart(resource.logicalId, policySchema, properties(resource)))
    .filter((policy) => policy.Roles.includes(role.name));

  return {
    managedPolicies: own.flatMap(({ ManagedPolicyArns }) => ManagedPolicyArns),
    statements: [...own.flatMap(({ Policies }) => Policies), ...attached]
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .map(({ Effect, Action, Resource, Condition }) => ({
        effect: Effect,
        actions: Action,
        resources: Resource,
        conditions: Condition,
      })),
  };
}
