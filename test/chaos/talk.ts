import { setTimeout as delay } from "node:timers/promises";
import type { LocalRun } from "../../lib/local/local-run.ts";
import type { Spoken } from "./conversation.ts";
import type { Ledger } from "./ledger.ts";
import type { Mishaps } from "./mishaps.ts";
import { PICTURE } from "./picture.ts";

/** Of a hundred messages. */
const REDELIVERED = 4;
const REPEATED = 3;
/** Of a hundred messages of customers: delivered together with the next one. */
const TOGETHER = 8;

const PHOTO = { bytes: PICTURE, filename: "a.png", mime: "image/png", mediaType: "Image" as const };

/**
 * Customers and agents talk: begins a message every so many ms. Resolves when the last one is begun
 * and every webhook has had its last try. `onBegun` hears of each message.
 */
export async function talk(
  run: Pick<LocalRun, "line" | "genesys">,
  ledger: Ledger,
  mishaps: Mishaps,
  pauseMs: number,
  onBegun: (index: number) => void,
): Promise<void> {
  const { line, genesys } = run;
  if (line === undefined || genesys === undefined) throw new Error("chaos needs the simulators");
  const { chance } = mishaps;
  const happens = (percent: number, what: string, index: number) =>
    chance.of(what, index) < percent / 100;
  const webhooks: Promise<void>[] = [];
  const started = Date.now();
  let held: Spoken[] = [];

  for (const spoken of ledger.spoken) {
    const wait = started + spoken.index * pauseMs - Date.now();
    if (wait > 0) await delay(wait);
    ledger.begunAt.set(spoken.index, Date.now());
    onBegun(spoken.index);
    if (spoken.direction === "outbound") {
      webhooks.push(reply(spoken));
      if (mishaps.killsWebhook(spoken)) void crashSoon("outbound-webhook", spoken.index);
      continue;
    }
    if (held.some(({ brandKey }) => brandKey !== spoken.brandKey)) flush();
    held.push(spoken);
    if (!happens(TOGETHER, "together", spoken.index) || held.length === 5) flush();
    if (mishaps.killsWebhook(spoken)) void crashSoon("inbound", spoken.index);
  }
  flush();
  await Promise.all(webhooks);

  function flush() {
    if (held.length > 0) webhooks.push(deliver(held));
    held = [];
  }

  async function crashSoon(service: string, index: number) {
    await delay(30 * chance.of("crash", index));
    await mishaps.kill(service);
  }

  async function deliver(together: Spoken[]) {
    const [first] = together;
    if (line === undefined || first === undefined) return;
    const events = together.map(({ event }) => ({ ...event, timestamp: Date.now() }));
    const { settled } = await line.deliver(first.brandKey, events);
    const { status } = await settled;
    if (status !== 200) {
      for (const { index } of together) ledger.undelivered.set(index, `LINE got ${status}`);
    }
    if (!happens(REDELIVERED, "redelivered", first.index)) return;
    ledger.count("LINE: delivers again what was accepted");
    await delay(10_000 * chance.of("redelivered when", first.index));
    const again = events.map((event) => ({ ...event, deliveryContext: { isRedelivery: true } }));
    await (await line.deliver(first.brandKey, again)).settled;
  }

  async function reply({ index, brandKey, customer, kind, reply }: Spoken) {
    if (genesys === undefined || reply === undefined) return;
    const message = kind === "picture" ? { ...reply, attachments: [PHOTO] } : reply;
    const first = genesys.reply(brandKey, customer.userId, message);
    // A second upload of the picture would be another message.
    if (kind !== "picture" && happens(REPEATED, "repeated", index)) {
      ledger.count("Genesys: sends a webhook twice");
      await delay(5_000 * chance.of("repeated when", index));
      await genesys.reply(brandKey, customer.userId, reply);
    }
    const { status } = await first;
    if (status !== 200) ledger.undelivered.set(index, `Genesys got ${status}`);
  }
}
