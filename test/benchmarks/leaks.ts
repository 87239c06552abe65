/**
 * Whether anything piles up in the functions: many messages each way through the same processes, whose
 * resident memory, descriptors and sockets must level off. Linux only.
 *
 *     npm run bench:leaks -- [--messages 20000]
 */
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type FunctionUse, functionUses } from "./function-uses.ts";
import { inTurn, postAgentsMessage, postCustomersMessage } from "./post.ts";
import { A, B, startTwoBrands } from "./start-two-brands.ts";

const { values } = parseArgs({ options: { messages: { type: "string", default: "20000" } } });
const total = Number(values.messages);
const CUSTOMERS = 500;
const SAMPLES = 12;
/** More than garbage that has not been collected yet. */
const MAX_GROWTH_MEGABYTES = 40;
const MAX_GROWTH_DESCRIPTORS = 10;

const { gateway, platforms, close } = await startTwoBrands({ requestsPerMinute: 100_000 });
let isLevel = true;
try {
  for (const post of [postCustomersMessage, postAgentsMessage]) {
    const before = platforms.arrived.size;
    const samples: FunctionUse[][] = [];
    const each = Math.ceil(total / SAMPLES);
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      await inTurn(each, (n) => {
        const number = sample * each + n + (post === postAgentsMessage ? 10 * total : 0);
        const brand = number % 2 === 0 ? A : B;
        return post(gateway, { brand, customer: number % CUSTOMERS, number, kind: "text" });
      });
      samples.push(await functionUses());
    }
    const sent = each * SAMPLES;
    for (let waited = 0; platforms.arrived.size - before < sent && waited < 120; waited += 1) {
      await delay(1_000);
    }
    samples.push(await functionUses());
    const arrived = platforms.arrived.size - before;
    print(
      `${post === postCustomersMessage ? "customers" : "agents"}: ${arrived} of ${sent} arrived`,
    );
    isLevel = judge(samples) && arrived === sent && isLevel;
  }
} finally {
  await close();
}
process.exit(isLevel ? 0 : 1);

/** Compares the last quarter of the run with the one in its middle, when all caches are full. */
function judge(samples: readonly FunctionUse[][]): boolean {
  const services = [...new Set(samples.flat().map(({ service }) => service))];
  const oks = services.map((service) => {
    const largest = (from: number, to: number, of: (use: FunctionUse) => number) =>
      Math.max(
        ...samples
          .slice(Math.floor(samples.length * from), Math.ceil(samples.length * to))
          .flat()
          .filter((use) => use.service === service)
          .map(of),
      );
    const grown = (of: (use: FunctionUse) => number) =>
      largest(0.75, 1, of) - largest(0.4, 0.65, of);
    const megabytes = grown((use) => use.megabytes);
    const descriptors = grown((use) => use.descriptors);
    const sockets = grown((use) => use.sockets);
    const isOk =
      megabytes < MAX_GROWTH_MEGABYTES &&
      descriptors <= MAX_GROWTH_DESCRIPTORS &&
      sockets <= MAX_GROWTH_DESCRIPTORS;
    print(
      `  ${service}: at most ${largest(0, 1, (use) => use.megabytes).toFixed(0)} MB, ` +
        `${largest(0, 1, (use) => use.descriptors)} descriptors, ${largest(0, 1, (use) => use.sockets)} sockets; ` +
        `from the middle to the end ${signed(megabytes)} MB, ${signed(descriptors)} descriptors, ${signed(sockets)} sockets` +
        `${isOk ? "" : "  GROWS"}`,
    );
    return isOk;
  });
  return oks.every(Boolean);
}

function signed(amount: number): string {
  return `${amount < 0 ? "−" : "+"}${Math.abs(Math.round(amount))}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
