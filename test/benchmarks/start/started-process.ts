/**
 * A fresh process that loads a function's bundle and invokes it twice, as Lambda does. Its arguments: the bundle,
 * a file with the events of the two invocations, and `slowed` if the parent slows the process down from the first
 * invocation on: then it stops until the parent lets it go on. Writes its times as its last line.
 */
import { readFileSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Moment } from "./fresh-process.ts";
import { INVOCATION_CONTEXT } from "./invocation-context.ts";

const [bundle = "", events = "", slowed] = process.argv.slice(2);

function moment(): Moment {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1_000 };
}

const begun = moment();
const { handler } = await import(pathToFileURL(bundle).href);
const loaded = moment();
const [one, two] = JSON.parse(readFileSync(events, "utf8"));
if (slowed === "slowed") {
  writeSync(1, '{"loaded":true}\n');
  process.kill(process.pid, "SIGSTOP");
}
const before = moment();
const answers = [await handler(one, INVOCATION_CONTEXT)];
const first = moment();
answers.push(await handler(two, INVOCATION_CONTEXT));
const second = moment();
process.stdout.write(
  `\n${JSON.stringify({ begun, loaded, before, first, second, answers, maxRss: process.resourceUsage().maxRSS })}\n`,
  () => process.exit(0),
);
