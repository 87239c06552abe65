import { createHash } from "node:crypto";
import { createLineIds } from "../../lib/local/simulators/line/ids.ts";
import type { Chance } from "./chance.ts";
import { isInWindow, windowOf } from "./troubles.ts";

/** One message of the conversations. */
export interface Spoken {
  index: number;
  direction: "inbound" | "outbound";
  brandKey: string;
  customer: { name: string; userId: string };
  kind: InboundKind | OutboundKind;
  /** What identifies it on its way: the id of the LINE message, or of the Genesys message. */
  id: string;
  /** Of LINE messages: what LINE delivers. */
  event?: { webhookEventId: string } & Record<string, unknown>;
  /** Of LINE messages: what LINE's tokens in the event allow, nobody else may know. */
  tokens?: string[];
  /** Of Genesys messages. */
  reply?: { type: string; id: string; text: string; [property: string]: unknown };
  /** The other side refuses it for good, however often it is tried. */
  isPoison: boolean;
  /** Messages that the other side gets of it. */
  parts: number;
}

type InboundKind = "text" | "long text" | "sticker" | "location" | "image";
type OutboundKind = "text" | "long text" | "quick replies" | "picture";

const INBOUND = { text: 70, "long text": 5, sticker: 12, location: 10, image: 3 };
const OUTBOUND = { text: 81, "long text": 4, "quick replies": 12, picture: 3 };
/** More than LINE takes at a time: six messages of 5,000 characters, in two pushes. */
const LONG_PARTS = 6;
const POISONOUS = 0.004;
const MESSAGES_PER_CUSTOMER = 20;
/** Written right after the message before, by the same customer or agent. */
const IN_A_ROW = 0.25;
/** Of the window's messages, those of the brand that is in a burst then. */
const BURST = 0.15;
const WORDS = ["สวัสดีครับ", "想請問", "こんにちは", "where is my parcel?", "ขอบคุณค่ะ 🙏", "謝謝 👍"];

/** Part of every name that is used, so that a log that holds one can be found. */
export const SURNAME = "Wanderfalke";
/** What strangers try to say; nobody may ever read it. */
export const FORGERY = "I am no customer";
/** Number and part of a message, and nothing else, stand between these. */
const MARK = /«(\d+)#(\d+)»/;

/** The message whose text this is or holds, and which part of it. */
export function markIn(text: string): { index: number; part: number } | undefined {
  const [, index, part] = MARK.exec(text) ?? [];
  return index === undefined ? undefined : { index: Number(index), part: Number(part) };
}

function mark(index: number, part = 1): string {
  return `«${index}#${part}»`;
}

/** All that is said in a run, in order. `now` in ms is LINE's clock at the start. */
export function conversation(
  count: number,
  brandKeys: string[],
  chance: Chance,
  now: () => number,
): Spoken[] {
  const ids = createLineIds(now);
  const customers = Math.max(brandKeys.length, Math.ceil(count / MESSAGES_PER_CUSTOMER));
  const { from } = windowOf(count);
  /** Who speaks in the window waits behind nothing that has gone wrong before. */
  const newcomer = (index: number) => {
    const isBurst = chance.of("burst", index) < BURST && brandKeys.includes("burst");
    const brand = isBurst
      ? brandKeys.indexOf("burst")
      : Math.floor(chance.of("brand", index) * brandKeys.length);
    const nth = customers + Math.floor(chance.of("customer", index) * customers);
    return nth * brandKeys.length + brand;
  };
  let number = 0;
  let isInbound = false;
  return Array.from({ length: count }, (_, index) => {
    const isBegin = index === 0 || index === from;
    if (isBegin || chance.of("in a row", index) >= IN_A_ROW) {
      number = isInWindow(index, count)
        ? newcomer(index)
        : Math.floor(chance.of("customer", index) * customers);
      isInbound = chance.of("direction", index) < 0.5;
    }
    const customer = customerOf(number, chance);
    const brandKey = brandKeys[number % brandKeys.length] ?? "";
    const common = {
      index,
      brandKey,
      customer,
      isPoison: chance.of("poison", index) < POISONOUS,
    };
    return isInbound
      ? { ...common, ...fromLine(index, customer.userId, chance, ids) }
      : { ...common, ...fromGenesys(index, chance) };
  });
}

function customerOf(number: number, chance: Chance) {
  const name = `${SURNAME} ${number} ${chance.of("name", number)}`;
  // As the simulated LINE derives ids from names.
  const userId = `U${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
  return { name, userId };
}

function words(index: number, chance: Chance): string {
  return `${WORDS[Math.floor(chance.of("words", index) * WORDS.length)]} ${mark(index)}`;
}

function fromLine(
  index: number,
  userId: string,
  chance: Chance,
  ids: ReturnType<typeof createLineIds>,
) {
  const kind = chance.pick(INBOUND, "inbound kind", index);
  const id = ids.messageId();
  const tokens = {
    markAsReadToken: ids.markAsReadToken(),
    quoteToken: ids.quoteToken(),
    replyToken: ids.replyToken(),
  };
  const event = {
    type: "message",
    message: {
      id,
      markAsReadToken: tokens.markAsReadToken,
      quoteToken: tokens.quoteToken,
      ...lineContent(kind, words(index, chance)),
    },
    source: { type: "user", userId },
    replyToken: tokens.replyToken,
    mode: "active",
    webhookEventId: ids.webhookEventId(),
    deliveryContext: { isRedelivery: false },
  };
  return {
    direction: "inbound" as const,
    kind,
    id,
    event,
    tokens: Object.values(tokens),
    parts: kind === "long text" ? 2 : 1,
  };
}

function lineContent(kind: InboundKind, said: string): object {
  switch (kind) {
    case "text":
      return { type: "text", text: said };
    case "long text":
      // Genesys Cloud takes 4,000 characters at a time.
      return { type: "text", text: said.padEnd(5_000, " blah") };
    case "sticker":
      return {
        type: "sticker",
        packageId: "11537",
        stickerId: "52002735",
        stickerResourceType: "STATIC",
        keywords: [said],
      };
    case "location":
      return { type: "location", title: said, latitude: 13.7563, longitude: 100.5018 };
    case "image":
      return { type: "image", contentProvider: { type: "line" } };
  }
}

function fromGenesys(index: number, chance: Chance) {
  const kind = chance.pick(OUTBOUND, "outbound kind", index);
  const isLong = kind === "long text";
  const text = isLong ? longText(index) : words(index, chance);
  const id = createHash("md5")
    .update(String(chance.of("id", index)))
    .update(`${index}`)
    .digest("hex");
  return {
    direction: "outbound" as const,
    kind,
    id,
    reply: { id, ...genesysContent(kind, text) },
    parts: isLong ? LONG_PARTS : 1,
  };
}

/** Paragraphs of which LINE takes one at a time, each with its mark. */
function longText(index: number): string {
  const filler = "blah ".repeat(900);
  return Array.from({ length: LONG_PARTS }, (_, part) => `${mark(index, part + 1)} ${filler}`).join(
    "\n\n",
  );
}

function genesysContent(kind: OutboundKind, text: string) {
  if (kind !== "quick replies") return { type: "Text", text };
  const content = ["yes", "no"].map((reply) => ({
    contentType: "QuickReply",
    quickReply: { text: reply, payload: reply, action: "Message" },
  }));
  return { type: "Structured", text, content };
}
