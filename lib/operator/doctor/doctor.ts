import type { Clock } from "../clock.ts";
import { chooseBrands, readStack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import type { OAuthClient } from "../platforms/genesys-api.ts";
import { createExamination, type Finding } from "./examination.ts";
import { examineAccount } from "./examine-account.ts";
import { examineGenesys } from "./examine-genesys.ts";
import { examineLine } from "./examine-line.ts";
import { examineQueues } from "./examine-queues.ts";
import { examineStack } from "./examine-stack.ts";

/**
 * Proves each link of the chain between the platforms and changes nothing. Reports each finding at once, and
 * resolves to all of them. Throws UsageError for an unknown brand.
 */
export async function examine(
  target: Target,
  options: {
    brand?: string | undefined;
    /** An OAuth client that may read the integration in Genesys Cloud. */
    provisioning?: OAuthClient | undefined;
  },
  onFinding: (finding: Finding) => void,
  clock: Clock & { stopping?: AbortSignal },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const report = (finding: Finding) => {
    findings.push(finding);
    onFinding(finding);
  };
  const stack = await createExamination(undefined, report, clock.stopping).check(
    "stack",
    `npx cdk deploy ${target.stackName}`,
    async () => ({
      detail: `${target.stackName} in ${target.region}`,
      value: await readStack(target),
    }),
  );
  if (stack === undefined) return findings;
  const brands = chooseBrands(stack, options.brand);
  const ofAll = createExamination(undefined, report, clock.stopping);
  await examineStack(stack, target, ofAll, clock);
  await examineAccount(stack, target, ofAll);
  for (const brand of brands) {
    const examination = createExamination(brand.key, report, clock.stopping);
    await examineQueues(brand, stack, target, examination);
    await examineLine(brand, target, examination);
    await examineGenesys(brand, target, options.provisioning, examination, clock);
  }
  return findings;
}
