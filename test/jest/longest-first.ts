import { createRequire } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

// Its types describe the CommonJS module.
const require = createRequire(import.meta.url);
const { default: Sequencer } =
  require("@jest/test-sequencer") as typeof import("@jest/test-sequencer");

type Test = Parameters<InstanceType<typeof Sequencer>["sort"]>[0][number];

const TESTS = fileURLToPath(new URL("..", import.meta.url));

/** What takes longest, and what waits most. Jest learns the order by itself, but not on a fresh clone. */
const FIRST = [
  "journeys/conversation.test.ts",
  "lib/operator/on-local-market.test.ts",
  "journeys/operator.test.ts",
  "journeys/media.test.ts",
  "journeys/start.test.ts",
  "journeys/console-page.test.ts",
  "lib/local/stack-run.test.ts",
  "lib/cloud/checked-app.test.ts",
  "lib/local/functions/function-pool.test.ts",
  "lambdas/outbound/images/prepare-image.test.ts",
  "lambdas/worker/outage.test.ts",
  "journeys/platform-answers.test.ts",
  "lib/operator/program.test.ts",
  "lib/cloud/template-limits.test.ts",
  "lib/local/empty-secrets.test.ts",
  "lib/cloud/bundles.test.ts",
  "lib/cloud/app.test.ts",
  "lambdas/shared/function/functions-on-aws.test.ts",
  "lambdas/outbound/media/store-attachment.test.ts",
  "lambdas/outbound/images/convert-image.test.ts",
  "formats/formats.test.ts",
  "lambdas/outbound/webhook/any-body.test.ts",
];

/** Sorts the suites so that no worker is left with a long one at the end. */
export default class LongestFirst extends Sequencer {
  override async sort(tests: Test[]): Promise<Test[]> {
    const place = ({ path }: Test) => {
      const at = FIRST.indexOf(relative(TESTS, path).replaceAll("\\", "/"));
      return at < 0 ? FIRST.length : at;
    };
    return [...(await super.sort(tests))].sort((one, other) => place(one) - place(other));
  }
}
