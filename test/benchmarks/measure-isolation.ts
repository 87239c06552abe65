import { setTimeout as delay } from "node:timers/promises";
import type { Row } from "./isolation-rows.ts";
import { inTurn, postAgentsMessage, postCustomersMessage } from "./post.ts";
import { A, B, startTwoBrands } from "./start-two-brands.ts";

export interface Measured {
  /** From the webhook to the other platform, in ms. */
  p50: number;
  p95: number;
  max: number;
  sent: number;
  /** Of brand B, at the end of the window and five seconds. */
  missing: number;
}

interface Sent {
  mark: string;
  /** In ms. */
  at: number;
}

const WARM_UP = 40;
const SETTLE_MS = 5_000;

/** Runs the bridge with brand A in trouble, and measures brand B for so many seconds. */
export async function measureIsolation(row: Row, seconds: number): Promise<Measured> {
  const { from, isShared = false, trouble, customers, perCustomer = 1, kind = "text" } = row;
  const { gateway, platforms, close } = await startTwoBrands({ isShared });
  try {
    const post = from === "customers" ? postCustomersMessage : postAgentsMessage;
    // Processes and tokens are there before the trouble comes, and a minute's first turns are used.
    await inTurn(WARM_UP, (n) => {
      const number = 100_000 + n;
      const brand = n % 2 === 0 ? A : B;
      return post(gateway, { brand, customer: number, number, kind: "text" });
    });
    await delay(SETTLE_MS);
    platforms.troubles.set(A, trouble ?? {});
    const burst = inTurn(customers * perCustomer, (number) =>
      post(gateway, { brand: A, customer: Math.floor(number / perCustomer), number, kind }),
    );
    const sent: Sent[] = [];
    for (let number = 0; number < seconds; number += 1) {
      sent.push({ mark: `#${B}-${number}`, at: Date.now() });
      const posted = post(gateway, { brand: B, customer: number % 10, number, kind: "text" });
      await Promise.all([posted, delay(1_000)]);
    }
    await burst;
    await delay(SETTLE_MS);
    return measured(sent, platforms.arrived);
  } finally {
    await close();
  }
}

function measured(sent: readonly Sent[], arrived: ReadonlyMap<string, number>): Measured {
  const times = sent
    .map(({ mark, at }) => (arrived.get(mark) ?? Number.POSITIVE_INFINITY) - at)
    .toSorted((one, other) => one - other);
  const quantile = (share: number) => times[Math.ceil(times.length * share) - 1] ?? 0;
  return {
    p50: quantile(0.5),
    p95: quantile(0.95),
    max: quantile(1),
    sent: times.length,
    missing: times.filter((time) => !Number.isFinite(time)).length,
  };
}
