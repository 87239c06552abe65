import { readFileSync } from "node:fs";
import { App, type AppProps, type StageSynthesisOptions, Validations } from "aws-cdk-lib";
import type { CloudAssembly } from "aws-cdk-lib/cx-api";
import { type Markets, stackName } from "../markets.ts";
import { MarketsError } from "../markets-error.ts";
import { templateFaults } from "./template-limits.ts";

/** A CDK app with the stacks of markets. Its `synth()` throws MarketsError where AWS would refuse a template. */
export class BridgeApp extends App {
  readonly #markets: Markets;

  constructor(markets: Markets, props: AppProps) {
    super(props);
    this.#markets = markets;
    const reason = "CDK does not say how to go on: templateFaults does.";
    Validations.of(this).acknowledge(
      { id: "CloudFormation-Validate::F0007", reason },
      { id: "Annotation::@aws-cdk/core:Stack.templateSize", reason },
    );
  }

  override synth(options?: StageSynthesisOptions): CloudAssembly {
    const assembly = super.synth(options);
    const faults = Object.entries(this.#markets).flatMap(([name, { brands }]) => {
      const stack = assembly.stacks.find((each) => each.stackName === stackName(name));
      if (stack === undefined) return [];
      const template = readFileSync(stack.templateFullPath, "utf8");
      return templateFaults(template, name, Object.keys(brands).length);
    });
    if (faults.length > 0) throw new MarketsError(faults);
    return assembly;
  }
}
