/**
 * The start of each function in fresh processes, over TLS, beside two floors: an empty handler, and a bundle that
 * holds only the AWS SDK's SQS client and sends unchecked. `--before` names the output of `cdk synth` of another
 * version, whose functions then run in between.
 *
 *     npm run bench:start -- [--runs 5] [--slowed 3] [--only inbound] [--before DIR] [--json FILE]
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measureStarts } from "./start/measure-starts.ts";
import { STOCK } from "./start/prepare-starts.ts";
import { spreadsOf, summarize } from "./start/summary.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    slowed: { type: "string", default: "3" },
    only: { type: "string", multiple: true, default: [] },
    before: { type: "string" },
    json: { type: "string" },
  },
});

const all = await measureStarts({
  runs: { full: Number(values.runs), slowed: Number(values.slowed) },
  only: values.only,
  before: values.before,
});
process.stdout.write(summarize(all, STOCK));
if (values.json !== undefined) {
  const rows = all.map((one) => ({ ...one, spreads: spreadsOf(one) }));
  writeFileSync(values.json, JSON.stringify(rows, null, 2));
}
