import type { Conversation, DesktopMessage } from "../simulators/genesys/desktop.ts";
import type { MessageWay, Outcome } from "./message-way.ts";
import type { Phone } from "./state.ts";
import { type Counted, type Tally, tallyOf } from "./tally.ts";

/** What both platforms hold of one brand, and what the bridge did with its messages. */
interface Held {
  phones: readonly Pick<Phone, "userId" | "lines" | "hasBlocked">[];
  conversations: readonly Pick<Conversation, "customerId" | "messages">[];
  ways: readonly MessageWay[];
  /** From when on the ways are complete: what was sent before is not counted. Milliseconds since 1970. */
  since: number;
  /** Milliseconds since 1970. */
  now: number;
}

/** By then LINE and Genesys Cloud have given up a webhook that was not taken. */
const GIVEN_UP_MS = 120_000;

const UNDER_WAY: ReadonlySet<Outcome> = new Set(["stored", "waiting", "trying again"]);

/** The customers' messages, by what the desktop has of each `channel.messageId`. */
export function countInbound({ phones, conversations, ways, since, now }: Held): Tally {
  const wayOf = new Map(ways.map((way) => [way.messageId, way]));
  const arrived = new Map<string, { id: string; place: number }[]>();
  const inbound = conversations
    .flatMap(({ messages }) => messages)
    .filter(({ direction }) => direction === "Inbound");
  for (const [place, { messageId = "" }] of inbound.entries()) {
    const [whole = ""] = messageId.split("#");
    arrived.set(whole, [...(arrived.get(whole) ?? []), { id: messageId, place }]);
  }
  return tallyOf(
    phones.map(({ lines }) =>
      lines
        .filter(({ from, isTap, at }) => from === "customer" && !isTap && at >= since)
        .map(({ id, at }): Counted => {
          const parts = arrived.get(id) ?? [];
          const distinct = new Set(parts.map((part) => part.id)).size;
          return {
            fate: inboundFate(wayOf.get(id), distinct, now - at),
            isDoubled: parts.length > distinct,
            place: parts[0]?.place,
          };
        }),
    ),
  );
}

function inboundFate(way: MessageWay | undefined, parts: number, age: number): Counted["fate"] {
  const isGivenUp = age > GIVEN_UP_MS;
  // It has not come to the webhook yet.
  if (way === undefined) return parts > 0 ? "arrived" : isGivenUp ? "lost" : "underWay";
  if (UNDER_WAY.has(way.outcome)) return "underWay";
  if (way.outcome === "refused") return isGivenUp ? "lost" : "underWay";
  if (way.outcome === "ignored" || way.outcome === "parked") return way.outcome;
  return parts >= partsOf(way) ? "arrived" : "lost";
}

/** In how many parts the bridge says that it has delivered the message. */
function partsOf({ steps }: MessageWay): number {
  const { parts } = steps.findLast(({ fields }) => fields.parts !== undefined)?.fields ?? {};
  return typeof parts === "number" ? parts : 1;
}

/** The agents' messages, by what the phones show of what LINE has accepted. */
export function countOutbound({ phones, conversations, ways, since, now }: Held): Tally {
  const wayOf = new Map(ways.map((way) => [way.correlationId, way]));
  return tallyOf(
    conversations.map(({ customerId, messages }) => {
      const phone = phones.find(({ userId }) => userId === customerId);
      const places = new Map(phone?.lines.map(({ id }, place) => [id, place]));
      return messages
        .filter(({ direction, at }) => direction === "Outbound" && at >= since)
        .filter(isFirstOfItsId)
        .map((message): Counted => {
          const way = wayOf.get(message.id);
          const ids = way?.sent?.flatMap((part) => part.ids) ?? [];
          const shown = ids.flatMap((id) => places.get(id) ?? []);
          const isShown = shown.length === ids.length;
          const fate = outboundFate(message, way, isShown, now);
          const isBlocked = fate === "lost" && phone?.hasBlocked === true;
          return {
            fate: isBlocked ? "blocked" : fate,
            isDoubled: isAnyTwice(way?.sent?.map(({ part }) => part) ?? []),
            place: shown.length > 0 ? Math.min(...shown) : undefined,
          };
        });
    }),
  );
}

function outboundFate(
  { at, status }: DesktopMessage,
  way: MessageWay | undefined,
  isShown: boolean,
  now: number,
): Counted["fate"] {
  if (way === undefined || way.outcome === "refused") {
    if (status === "Failed") return "notTaken";
    return now - at > GIVEN_UP_MS ? "lost" : "underWay";
  }
  if (UNDER_WAY.has(way.outcome)) return "underWay";
  if (way.outcome === "ignored" || way.outcome === "parked") return way.outcome;
  if (way.outcome === "not pushed") return "blocked";
  // A reply's ids are not always known: then the function's word stands.
  const isArrived = isShown && (way.sent !== undefined || way.outcome === "delivered");
  return isArrived ? "arrived" : "lost";
}

/** Genesys Cloud can send a message twice: it is still one. */
function isFirstOfItsId({ id }: DesktopMessage, index: number, all: { id: string }[]): boolean {
  return all.findIndex((one) => one.id === id) === index;
}

function isAnyTwice(values: readonly string[]): boolean {
  return new Set(values).size < values.length;
}
