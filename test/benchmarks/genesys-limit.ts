/**
 * A burst of customers' messages against Genesys Cloud's limit of requests a minute: how much of the
 * limit is used, and how often it is hit.
 *
 *     npm run bench:limit -- [--messages 3000] [--rate 300]
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startLocalRun } from "../../lib/local/local-run.ts";
import { readOptions } from "../../lib/local/options.ts";
import { sampleMarkets } from "../sample-markets.ts";

const MARKET = "Japan";
const BRAND = "retail-japan";
const PER_CUSTOMER = 10;
const LEAST_SHARE = 0.97;
const MOST_REFUSED = 0.05;

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "3000" },
    rate: { type: "string", default: "300" },
  },
});
const total = Number(values.messages);
const rate = Number(values.rate);

const directory = mkdtempSync(join(tmpdir(), "line-genesys-limit-"));
const accepted: number[] = [];
let calls = 0;
let refused = 0;

const marketsFile = join(directory, "markets.json");
const { [MARKET]: market } = sampleMarkets();
writeFileSync(marketsFile, JSON.stringify({ [MARKET]: { ...market, requestsPerMinute: rate } }));

const run = await startLocalRun(
  readOptions(["--port", "0", "--no-console", "--market", MARKET, "--markets", marketsFile]),
  {
    onTraffic({ to, what, status }) {
      if (to !== "Genesys" || what === "token") return;
      calls += 1;
      if (status === 429) refused += 1;
      if (status === 200) accepted.push(Date.now());
    },
    onRequest: () => undefined,
    onLog: () => undefined,
    onFailure(error) {
      throw error;
    },
  },
  undefined,
  { genesys: { requestsPerMinute: rate } },
);
try {
  const started = Date.now();
  await Promise.all(Array.from({ length: Math.ceil(total / PER_CUSTOMER) }, customer));
  print(`${total} messages are in the queue after ${seconds(Date.now() - started)} s.`);
  const longest = (total / rate) * 60_000 * 1.5 + 60_000;
  let minutes = 0;
  while (accepted.length < total && Date.now() - started < longest) {
    await delay(200);
    if (Date.now() - started < (minutes + 1) * 60_000) continue;
    minutes += 1;
    print(`minute ${minutes}: ${accepted.length} accepted, ${refused} of ${calls} calls refused`);
  }
  process.exitCode = judge(started) ? 0 : 1;
} finally {
  await run.close();
  rmSync(directory, { recursive: true, force: true });
}
process.exit();

async function customer(_: unknown, number: number): Promise<void> {
  for (let nth = 0; nth < PER_CUSTOMER && number * PER_CUSTOMER + nth < total; nth += 1) {
    const text = `message ${nth}`;
    const sent = await run.line?.send(BRAND, `customer ${number}`, { type: "text", text });
    await sent?.settled;
  }
}

function judge(started: number): boolean {
  const took = (accepted.at(-1) ?? started) - started;
  const perMinute = accepted.length / (took / 60_000);
  const isInOrder = Array.from({ length: Math.ceil(total / PER_CUSTOMER) }, (_, number) => {
    const { userId } = run.line?.customers.named(`customer ${number}`) ?? { userId: "" };
    return run.genesys?.messages(BRAND, userId).map(({ text }) => text) ?? [];
  }).every((texts) => texts.every((text, nth) => text === `message ${nth}`));
  print(
    [
      `accepted ${accepted.length} of ${total} in ${seconds(took)} s: ${perMinute.toFixed(1)} a minute, ${((100 * perMinute) / rate).toFixed(1)} % of the limit`,
      `refused with 429: ${refused} of ${calls} calls, ${((100 * refused) / calls).toFixed(2)} %`,
      `each customer's messages in order, none twice: ${isInOrder}`,
    ].join("\n"),
  );
  return (
    accepted.length === total &&
    perMinute >= LEAST_SHARE * rate &&
    refused < MOST_REFUSED * calls &&
    isInOrder
  );
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
