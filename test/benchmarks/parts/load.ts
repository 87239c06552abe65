import { setTimeout as delay } from "node:timers/promises";
import { counted, type Figure } from "../figures/figure.ts";
import { type RunningStack, startStack } from "../load/running-stack.ts";
import { treeCpu } from "../load/tree-cpu.ts";
import { measured, type Sent } from "../measured.ts";
import { inTurn, postCustomersMessage } from "../post.ts";

const BRAND = "a";
/** Messages a second. */
const RATES = [1, 10, 50];
const SECONDS = 20;
const CUSTOMERS = 100;
const WARM_UP = 60;
/** For messages that are still on their way at the end. */
const PATIENCE_MS = 30_000;

/** The local stack at some rates of customers' messages, from the webhook's post to the arrival at Genesys Cloud. */
export async function load(): Promise<Figure[]> {
  const stack = await startStack(BRAND);
  try {
    await inTurn(WARM_UP, (n) => post(stack, n));
    await until(() => stack.arrived.size >= WARM_UP);
    const figures: Figure[] = [];
    let next = WARM_UP;
    for (const rate of RATES) {
      figures.push(...(await atRate(stack, rate, next)));
      next += rate * SECONDS;
    }
    return figures;
  } finally {
    await stack.close();
  }
}

async function atRate(stack: RunningStack, rate: number, next: number): Promise<Figure[]> {
  const total = rate * SECONDS;
  const before = treeCpu(stack.pid);
  const began = Date.now();
  const sent: Sent[] = [];
  const posts: Promise<void>[] = [];
  for (let n = 0; n < total; n += 1) {
    await delay(Math.max(0, began + (n * 1_000) / rate - Date.now()));
    sent.push({ mark: `#${BRAND}-${next + n}`, at: Date.now() });
    // What the bridge does not take has not arrived: the table tells it.
    posts.push(post(stack, next + n).catch(() => undefined));
  }
  await Promise.all(posts);
  const isThere = ({ mark }: Sent) => stack.arrived.has(mark);
  await until(() => sent.every(isThere));
  const cpu = treeCpu(stack.pid) - before;
  const arrived = sent.filter(isThere);
  const { p50, p95, max } = measured(arrived, stack.arrived);
  const figure = (what: string, unit: string, value: number) =>
    counted("load", `${rate} a second for ${SECONDS} s, ${what}`, unit, value);
  return [
    figure("p50", "ms", p50),
    figure("p95", "ms", p95),
    figure("max", "ms", max),
    figure("CPU of all processes, emulators included, a message", "s", cpu / total),
    figure(`arrived of ${total}`, "messages", arrived.length),
  ];
}

async function until(isDone: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && !isDone(); ) await delay(100);
}

function post({ gateway }: RunningStack, number: number): Promise<void> {
  return postCustomersMessage(gateway, {
    brand: BRAND,
    customer: number % CUSTOMERS,
    number,
    kind: "text",
  });
}
