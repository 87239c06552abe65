import { type App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { type BuildAppProps, buildApp } from "./app.ts";
import { cloudFormationRules } from "./cloudformation-rules.ts";

/**
 * The app whose stacks are deployed: its `synth()` throws where a stack breaks a rule of
 * CloudFormation or an AWS Solutions rule of cdk-nag. Whatever is not deployed does without, which
 * saves seconds. Throws MarketsError when `only` is no market.
 */
export function buildCheckedApp(props: BuildAppProps): App {
  const app = buildApp(props);
  Validations.of(app).addPlugins(cloudFormationRules, new AwsSolutionsChecks(app));
  return app;
}
