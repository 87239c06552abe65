import { text } from "node:stream/consumers";
import { lossesIn } from "./losses-in.ts";

// node .ci/refuse-losses.ts [LOGICAL ID]… < change-set.json
// Ends with 1 where the change set would lose something that holds data, unless its logical id is named.

const accepted = new Set(process.argv.slice(2));
const losses = lossesIn(JSON.parse(await text(process.stdin)));
for (const { id, type, how } of losses) {
  const verdict = accepted.has(id) ? "accepted" : "REFUSED";
  process.stdout.write(`${verdict}: ${type} ${id} would be ${how}.\n`);
}
const refused = losses.filter(({ id }) => !accepted.has(id));
if (refused.length > 0) {
  process.stdout.write(
    `What these hold would be lost. If that is wanted, name them: ${refused.map(({ id }) => id).join(" ")}\n`,
  );
  process.exitCode = 1;
} else {
  process.stdout.write(`Nothing ${losses.length > 0 ? "else " : ""}that holds data is lost.\n`);
}
