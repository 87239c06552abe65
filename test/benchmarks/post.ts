import { setTimeout as delay } from "node:timers/promises";
import { sign } from "../lambdas/webhook-event.ts";

const MAX_TRIES = 5;

interface Message {
  brand: string;
  customer: number;
  number: number;
  kind: "text" | "image";
}

const userOf = (brand: string, customer: number) =>
  `U${Buffer.from(`${brand}${customer}`).toString("hex").padStart(32, "0")}`;

/** What LINE posts of a customer's message. Throws where the bridge does not take it. */
export async function postCustomersMessage(gateway: string, message: Message): Promise<void> {
  const { brand, customer, number, kind } = message;
  const id = `${brand}${number}`.replace(/\D/g, "").padStart(18, brand === "a" ? "1" : "2");
  const event = {
    type: "message",
    mode: "active",
    timestamp: Date.now(),
    source: { type: "user", userId: userOf(brand, customer) },
    webhookEventId: `01${brand.toUpperCase()}${String(number).padStart(20, "0")}`,
    deliveryContext: { isRedelivery: false },
    replyToken: "0".repeat(32),
    message:
      kind === "text"
        ? { type: "text", id, text: `#${brand}-${number}`, quoteToken: "q" }
        : { type: "image", id, contentProvider: { type: "line" }, quoteToken: "q" },
  };
  const body = JSON.stringify({ destination: "U0", events: [event] });
  await post(`${gateway}/line/${brand}`, body, { "x-line-signature": sign(body, "secret") });
}

/** What Genesys Cloud posts of an agent's message. Throws where the bridge does not take it. */
export async function postAgentsMessage(gateway: string, message: Message): Promise<void> {
  const { brand, customer, number } = message;
  const body = JSON.stringify({
    id: `${brand}-message-${number}`,
    type: "Text",
    direction: "Outbound",
    text: `#${brand}-${number}`,
    originatingEntity: "Human",
    channel: {
      id: `${brand}-integration`,
      platform: "Open",
      type: "Private",
      to: { id: userOf(brand, customer) },
      from: { id: `${brand}-integration` },
      time: new Date().toISOString(),
    },
  });
  const signature = `sha256=${sign(body, "secret")}`;
  await post(`${gateway}/genesys/${brand}`, body, { "x-hub-signature-256": signature });
}

/** Posts again where the bridge has failed, as LINE and Genesys Cloud do. */
async function post(url: string, body: string, headers: Record<string, string>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", ...headers },
      body,
    });
    await answer.arrayBuffer();
    if (answer.status === 200) return;
    if (answer.status < 500 || tries === MAX_TRIES) {
      throw new Error(`${url} answered ${answer.status}`);
    }
    await delay(500);
  }
}

/** LINE and Genesys Cloud do not send all webhooks of a burst in one moment. */
const AT_A_TIME = 20;

/** Acts so many times, some at the same time. Rejects where one has failed. */
export async function inTurn(count: number, act: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) {
      next += 1;
      await act(next - 1);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
}
