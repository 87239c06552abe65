import { setTimeout as delay } from "node:timers/promises";
import type { Row } from "./isolation-rows.ts";
import { type Measured, measured, type Sent } from "./measured.ts";
import { inTurn, postAgentsMessage, postCustomersMessage } from "./post.ts";
import { A, B, startTwoBrands } from "./start-two-brands.ts";

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
