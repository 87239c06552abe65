import type { PageReady, PageState } from "../wire.ts";
import { previewOf } from "./preview-of.ts";
import { type Queue, queueOf } from "./queue-of.ts";

type Conversation = PageState["conversations"][number];

/** A customer's conversation with one brand, as the inbox shows it. */
export interface InboxRow {
  /** Of the row, of its draft and of what the agent has seen. */
  key: string;
  brand: string;
  customerId: string;
  /** How the page names the customer: see `Place`. */
  customer: string;
  /** The name that Genesys Cloud knows, or a short form of the user id. */
  name: string;
  lastText: string;
  /** Milliseconds since 1970. */
  lastAt: number;
  /** Messages of the customer after the last one that the agent has seen. */
  unread: number;
  /** The customer's last message. */
  lastInboundId: string | undefined;
  queue: Queue;
}

export function rowKey(brand: string, customerId: string): string {
  return `${brand} ${customerId}`;
}

/** For example `U4af49…`: an id has 33 characters. */
export function shortId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 6)}…` : id;
}

/**
 * One row for each customer of each brand, newest first. `seenOf` gives, by the row's key, the id of the customer's
 * message that the agent saw last.
 */
export function inboxRows(
  states: Readonly<Record<string, PageState>>,
  ready: PageReady,
  seenOf: (key: string) => string,
): InboxRow[] {
  const rows = Object.values(states).flatMap((state) =>
    [...byCustomer(state.conversations)].map(([customerId, conversations]) =>
      rowOf(state, customerId, conversations, ready, seenOf),
    ),
  );
  return rows.sort((one, other) => other.lastAt - one.lastAt);
}

/** The rows of this queue whose name holds the text; an empty text is no condition. */
export function foundRows(
  rows: readonly InboxRow[],
  { queue, text }: { queue: string; text: string },
): InboxRow[] {
  const asked = text.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (queue === "" || row.queue.name === queue) &&
      `${row.name} ${row.customerId}`.toLowerCase().includes(asked),
  );
}

function byCustomer(conversations: readonly Conversation[]): Map<string, Conversation[]> {
  return Map.groupBy(conversations, ({ customerId }) => customerId);
}

function rowOf(
  { brand, phones }: PageState,
  customerId: string,
  conversations: readonly Conversation[],
  ready: PageReady,
  seenOf: (key: string) => string,
): InboxRow {
  const key = rowKey(brand, customerId);
  const messages = conversations.flatMap((one) => one.messages);
  const inbound = messages.filter(({ direction }) => direction === "Inbound");
  const seenIndex = inbound.findLastIndex(({ id }) => id === seenOf(key));
  const newest = conversations.at(-1);
  const last = messages.at(-1);
  const flow = {
    market: ready.market,
    brands: Object.values(ready.brands).map((one) => one.brand),
  };
  return {
    key,
    brand,
    customerId,
    customer: phones.find(({ userId }) => userId === customerId)?.customer ?? customerId,
    name: newest?.nickname ?? shortId(customerId),
    lastText: last ? previewOf(last) : "",
    lastAt: last?.at ?? newest?.startedAt ?? 0,
    unread: inbound.length - 1 - seenIndex,
    lastInboundId: inbound.at(-1)?.id,
    queue: queueOf(startData(newest), flow, newest?.flow !== undefined || inbound.length === 0),
  };
}

/** The flow runs when the conversation starts, with what its first message brings. */
function startData(conversation: Conversation | undefined): Record<string, string> {
  const first = conversation?.messages.find(({ direction }) => direction === "Inbound");
  return first?.customAttributes ?? {};
}
