import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { LocalRun } from "../../lib/local/local-run.ts";
import { lineSignature } from "../../lib/local/simulators/line/webhook-delivery.ts";
import { postWebhook } from "../../lib/local/simulators/post-webhook.ts";
import { FORGERY, type Spoken } from "./conversation.ts";
import type { Ledger } from "./ledger.ts";
import type { Mishaps } from "./mishaps.ts";
import { PICTURE } from "./picture.ts";
import { timetable } from "./timetable.ts";

/** Of a hundred messages. */
const REDELIVERED = 4;
const REPEATED = 3;
const FORGED = 2;
/** Of a hundred messages of customers: delivered together with the next one. */
const TOGETHER = 15;
/** Of a hundred webhooks: so long on their way that others overtake them. */
const DELAYED = 20;
const LONGEST_DELAY_MS = 5_000;
/** Of a hundred messages of agents: do not say when they were written. */
const UNTIMED = 8;

/**
 * Webhooks that wait for their answer. More begin nothing: on a busy machine they would come too late, all
 * would be sent again, and the run would never catch up. Lambda starts as many processes as are needed.
 */
const MOST_UNANSWERED = 8;

const PHOTO = { bytes: PICTURE, filename: "a.png", mime: "image/png", mediaType: "Image" as const };

/**
 * Customers and agents talk: begins messages by the timetable for `pauseMs`, and stamps them by their
 * platforms' clocks, which are `skew` (ms) ahead. Resolves when the last one is begun and every webhook has had its
 * last try. `before` can hold up a message and all that come after it; `onBegun` hears of each.
 */
export async function talk(
  run: Pick<LocalRun, "ready" | "line" | "genesys">,
  ledger: Ledger,
  mishaps: Mishaps,
  timing: { pauseMs: number; skew: Record<"line" | "genesys", number> },
  { before, onBegun }: { before(index: number): Promise<void>; onBegun(index: number): void },
): Promise<void> {
  const { line, genesys } = run;
  if (line === undefined || genesys === undefined) throw new Error("chaos needs the simulators");
  const { chance } = mishaps;
  const happens = (percent: number, what: string, index: number) =>
    chance.of(what, index) < percent / 100;
  const webhooks: Promise<void>[] = [];
  let started = Date.now();
  let held: Spoken[] = [];
  let unanswered = 0;

  for (const { one: spoken, atMs } of timetable(ledger.spoken, timing.pauseMs)) {
    const wait = started + atMs - Date.now();
    if (wait > 0) await delay(wait);
    const heldFrom = Date.now();
    await before(spoken.index);
    started += Date.now() - heldFrom;
    while (unanswered >= MOST_UNANSWERED) await delay(10);
    ledger.begunAt.set(spoken.index, Date.now());
    stamp(spoken);
    onBegun(spoken.index);
    if (happens(FORGED, "forged", spoken.index)) webhooks.push(forge(spoken));
    if (spoken.direction === "outbound") {
      webhooks.push(reply(spoken));
      if (mishaps.killsFunctions(spoken)) crashSoon(spoken, "outbound-webhook", "outbound-sender");
      continue;
    }
    if (held.some(({ brandKey }) => brandKey !== spoken.brandKey)) flush();
    held.push(spoken);
    if (!happens(TOGETHER, "together", spoken.index) || held.length === 5) flush();
    if (mishaps.killsFunctions(spoken)) crashSoon(spoken, "inbound", "worker");
  }
  flush();
  await Promise.all(webhooks);

  function stamp({ index, direction }: Spoken) {
    if (direction === "inbound") {
      ledger.writtenAt.set(index, Date.now() + timing.skew.line);
    } else if (!happens(UNTIMED, "untimed", index)) {
      ledger.writtenAt.set(index, Date.now() + timing.skew.genesys);
    } else {
      ledger.count("Genesys: message without its time");
    }
  }

  function flush() {
    if (held.length > 0) webhooks.push(deliver(held));
    held = [];
  }

  /** The webhook while it takes the message, its consumer some time after. */
  function crashSoon({ index }: Spoken, webhook: string, consumer: string) {
    mishaps.later(30 * chance.of("crash", index), () => mishaps.kill(webhook));
    mishaps.later(1_000 * chance.of("crash of consumer", index), () => mishaps.kill(consumer));
  }

  async function deliver(together: Spoken[]) {
    const [first] = together;
    if (line === undefined || first === undefined) return;
    const events = together.map(({ index, event }) => ({
      ...event,
      timestamp: ledger.writtenAt.get(index),
    }));
    await delayed(first);
    for (const { index } of together) ledger.askedAt.set(index, Date.now());
    const { settled } = await answered(line.deliver(first.brandKey, events));
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

  async function answered<Result>(webhook: Promise<Result>): Promise<Result> {
    unanswered += 1;
    try {
      return await webhook;
    } finally {
      unanswered -= 1;
    }
  }

  /** Most of the delays are short, so that the messages meet in the queue. */
  async function delayed({ index, direction }: Spoken) {
    if (!happens(DELAYED, "delayed", index)) return;
    ledger.count(`${direction === "inbound" ? "LINE" : "Genesys"}: webhook delayed on its way`);
    await delay(LONGEST_DELAY_MS * chance.of("delayed for", index) ** 3);
  }

  /** A stranger sends what LINE could have sent, but cannot sign it. */
  async function forge({ brandKey, customer, event }: Spoken) {
    const message = { id: randomBytes(9).toString("hex"), type: "text", text: FORGERY };
    const source = { type: "user", userId: customer.userId };
    const webhookEventId = randomBytes(13).toString("hex");
    const events = [{ ...event, type: "message", message, source, webhookEventId, timestamp: 1 }];
    const body = Buffer.from(JSON.stringify({ destination: "U", events }));
    const { status } = await postWebhook({
      url: run.ready.brands[brandKey]?.line.webhook ?? "",
      headers: { "x-line-signature": lineSignature(randomBytes(16).toString("hex"), body) },
      body,
      timeoutMilliseconds: 10_000,
      closing: new AbortController().signal,
    });
    ledger.count(`stranger got ${status || "no answer"}`);
  }

  async function reply(spoken: Spoken) {
    const { index, brandKey, customer, kind, reply } = spoken;
    if (genesys === undefined || reply === undefined) return;
    const at = ledger.writtenAt.get(index);
    const time = at === undefined ? null : new Date(at).toISOString();
    const message = { ...reply, ...(kind === "picture" && { attachments: [PHOTO] }), time };
    await delayed(spoken);
    ledger.askedAt.set(index, Date.now());
    const first = answered(genesys.reply(brandKey, customer.userId, message));
    // A second upload of the picture would be another message.
    if (kind !== "picture" && happens(REPEATED, "repeated", index)) {
      ledger.count("Genesys: sends a webhook twice");
      await delay(5_000 * chance.of("repeated when", index));
      await genesys.reply(brandKey, customer.userId, message);
    }
    const { status } = await first;
    if (status !== 200) ledger.undelivered.set(index, `Genesys got ${status}`);
  }
}
