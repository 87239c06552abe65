import { setTimeout as delay } from "node:timers/promises";
import type { Recovery } from "./isolation-rows.ts";
import { type Measured, measured } from "./measured.ts";
import { inTurn, postAgentsMessage, postCustomersMessage } from "./post.ts";
import { A, startTwoBrands } from "./start-two-brands.ts";

/** At the beginning of the outage and in the middle of it. */
const BURSTS = 2;

/**
 * Runs the bridge with one host of brand A out of order, while A's customers or agents write, and measures
 * how long after the outage its messages arrive.
 */
export async function measureRecovery(recovery: Recovery): Promise<Measured> {
  const { from, host, trouble, outageSeconds, customers } = recovery;
  const { requestsPerMinute, reachMs } = recovery;
  const { gateway, platforms, close } = await startTwoBrands({ requestsPerMinute });
  const post = from === "customers" ? postCustomersMessage : postAgentsMessage;
  try {
    platforms.troubles.set(A, { [host]: trouble });
    for (let burst = 0; burst < BURSTS; burst += 1) {
      const posted = inTurn(customers / BURSTS, (n) => {
        const number = burst * (customers / BURSTS) + n;
        return post(gateway, { brand: A, customer: number, number, kind: "text" });
      });
      await Promise.all([posted, delay((outageSeconds * 1_000) / BURSTS)]);
    }
    platforms.troubles.set(A, {});
    const endedAt = Date.now();
    const sent = Array.from({ length: customers }, (_, number) => ({
      mark: `#${A}-${number}`,
      at: endedAt,
    }));
    const { arrived } = platforms;
    while (Date.now() < endedAt + reachMs * 2 && !sent.every(({ mark }) => arrived.has(mark))) {
      await delay(200);
    }
    return measured(sent, arrived);
  } finally {
    await close();
  }
}
