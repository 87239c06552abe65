import type { PolicyStatement } from "../../template/role-policies.ts";
import type { Access } from "./service-access.ts";

export type Decision = "allow" | "explicit deny" | "implicit deny";

/**
 * Whether a role's statements allow something. A statement that denies it is stronger than all that
 * allow it; what no statement names is denied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(statements: PolicyStatement[], access: Access): Decision {
  const effects = statements.filter((each) => covers(each, access)).map(({ effect }) => effect);
  if (effects.includes("Deny")) return "explicit deny";
  return effects.includes("Allow") ? "allow" : "implicit deny";
}

/** Upper and lower case matter in resources, not in actions. */
function covers({ actions, resources }: PolicyStatement, access: Access): boolean {
  return (
    actions.some((pattern) => wildcard(pattern, "i").test(access.action)) &&
    resources.some((pattern) => wildcard(pattern, "").test(access.resource))
  );
}

/**
 * `*` stands for any characters, also slashes and colons, `?` for a single one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function wildcard(pattern: string, flags: "" | "i"): RegExp {
  const literal = pattern.replace(/[\\^$.+()[\]{}|]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`, `su${flags}`);
}
