import type * as z from "zod";
import type { TemplateResource } from "./template.ts";
import { parsePart, TemplateError } from "./template-error.ts";
import { policySchema, roleSchema } from "./template-resources.ts";

export interface PolicyStatement {
  effect: "Allow" | "Deny";
  /** For example `sqs:SendMessage`; may hold wildcards. */
  actions: string[];
  /** ARNs; may hold wildcards. */
  resources: string[];
}

export interface RolePolicies {
  statements: PolicyStatement[];
  /** ARNs of AWS's managed policies. */
  managedPolicies: string[];
}

/** Managed policies of AWS that allow nothing that a local run could do. */
const WITHOUT_EFFECT = /:policy\/service-role\/AWSLambdaBasicExecutionRole$/;

/**
 * Collects what a role may do: its inline policies and the policies of the template that name it.
 * `properties` gives the resolved properties of a resource. Throws TemplateError, also for rules
 * that the local run could not apply to a call.
 */
export function rolePolicies(
  role: { logicalId: string; name: string },
  resources: TemplateResource[],
  properties: (resource: TemplateResource) => unknown,
): RolePolicies {
  const { logicalId } = role;
  const own = resources.find((resource) => resource.logicalId === logicalId);
  if (own !== undefined && "PermissionsBoundary" in own.properties) {
    throw new TemplateError(logicalId, "a permissions boundary is not supported here");
  }
  const { ManagedPolicyArns, Policies } = parsePart(
    logicalId,
    roleSchema,
    own === undefined ? {} : properties(own),
  );
  const unknown = ManagedPolicyArns.find((arn) => !WITHOUT_EFFECT.test(arn));
  if (unknown !== undefined) {
    throw new TemplateError(logicalId, `the local run does not know what ${unknown} allows`);
  }
  const attached = resources
    .filter(({ type }) => type === "AWS::IAM::Policy" || type === "AWS::IAM::ManagedPolicy")
    .flatMap((resource) => {
      const policy = parsePart(resource.logicalId, policySchema, properties(resource));
      return policy.Roles.includes(role.name) ? statementsOf(resource.logicalId, policy) : [];
    });

  return {
    managedPolicies: ManagedPolicyArns,
    statements: [...Policies.flatMap((policy) => statementsOf(logicalId, policy)), ...attached],
  };
}

type Policy = Pick<z.infer<typeof policySchema>, "PolicyDocument">;

function statementsOf(logicalId: string, { PolicyDocument }: Policy): PolicyStatement[] {
  return PolicyDocument.Statement.map(({ Effect, Action, Resource, Condition }) => {
    if (Condition !== undefined) {
      throw new TemplateError(logicalId, "conditions in a role's policy are not supported here");
    }
    if (Resource.some((resource) => resource.includes("${"))) {
      throw new TemplateError(logicalId, "variables in a role's policy are not supported here");
    }
    return { effect: Effect, actions: Action, resources: Resource };
  });
}
