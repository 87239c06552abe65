import { STACK_RESOURCE_LIMIT_CONTEXT } from "aws-cdk-lib";
import { CURRENTLY_RECOMMENDED_FLAGS, PATH_METADATA_ENABLE_CONTEXT } from "aws-cdk-lib/cx-api";
import { type Markets, marketNamed, stackName } from "../markets.ts";
import { BridgeApp } from "./bridge-app.ts";
import { MarketStack } from "./market-stack.ts";

export interface BuildAppProps {
  markets: Markets;
  /** Only this market, by its key. */
  only?: string | undefined;
  /** Folder for the cloud assembly; a temporary one if left out and the CDK CLI names none. */
  outdir?: string | undefined;
  /** CDK context beyond the feature flags. */
  context?: Record<string, unknown>;
}

/** The CDK app with one stack per market. Throws MarketsError when `only` is no market. */
export function buildApp(props: BuildAppProps): BridgeApp {
  const { markets, only, outdir, context } = props;
  if (only !== undefined) marketNamed(markets, only);
  const app = new BridgeApp(markets, {
    // The flags that `cdk init` would write into cdk.json. A new aws-cdk-lib may add some, so an
    // upgrade is followed by `cdk diff`.
    // CDK's own limit of resources does not say how to go on: BridgeApp does.
    context: { ...CURRENTLY_RECOMMENDED_FLAGS, [STACK_RESOURCE_LIMIT_CONTEXT]: 0, ...context },
    // The constructs' paths would take a twentieth of the 1 MB that a template may have.
    postCliContext: { [PATH_METADATA_ENABLE_CONTEXT]: false },
    analyticsReporting: false,
    // Whoever builds the app calls `synth()`; CDK would call it again at the end of a process in which it has failed.
    autoSynth: false,
    // Only what is deployed is checked: checked-app.ts brings the rules.
    builtinCloudFormationValidation: false,
    ...(outdir === undefined ? {} : { outdir }),
  });
  for (const [name, market] of Object.entries(markets)) {
    if (only !== undefined && name !== only) continue;
    new MarketStack(app, stackName(name), { ...market, name });
  }
  return app;
}
