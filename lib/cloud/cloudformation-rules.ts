import { CloudFormationValidatePlugin, type IPolicyValidationPlugin } from "aws-cdk-lib";

/** A value that is none of those which AWS lists for a property, such as a misspelt runtime. */
const UNLISTED_VALUE = "W3030";

/** One for all apps of a process: it takes seconds of processor time to get ready. */
const rules = new CloudFormationValidatePlugin();

/**
 * The rules of CloudFormation that come with CDK: AWS's schemas of resources, and rules about how properties and
 * resources fit together. CDK only warns of an unlisted value, and a warning does not stop `cdk deploy`; here it is an
 * error, because the deployment would fail at it. A value that AWS has just added needs a newer aws-cdk-lib, or
 * `Validations.of(…).acknowledge`.
 */
export const cloudFormationRules: IPolicyValidationPlugin = {
  name: rules.name,
  validate(context) {
    const violations = rules
      .validate(context)
      .violations.map((violation) =>
        violation.ruleName === UNLISTED_VALUE ? { ...violation, severity: "error" } : violation,
      );
    return { success: violations.every(({ severity }) => severity !== "error"), violations };
  },
};
