import {
  foundRows,
  inboxRows,
  rowKey,
} from "../../../../../../lib/local/console/page/desktop/inbox-rows.ts";
import type { PageState } from "../../../../../../lib/local/console/page/wire.ts";
import { deskMessage } from "./desk-message.ts";

const READY = {
  market: "Thailand",
  brands: { retail: { brand: "Retail_Thai" }, travel: { brand: "Travel_Thai" } },
};
const SOMCHAI = `U${"a".repeat(32)}`;
const STRANGER = `U${"b".repeat(32)}`;

type Messages = PageState["conversations"][number]["messages"];

const conversation = (brandKey: string, customerId: string, messages: Messages, rest = {}) => ({
  id: `${brandKey} ${customerId}`,
  brandKey,
  customerId,
  startedAt: 1,
  flow: "LINE inbound",
  typedAt: 0,
  messages,
  ...rest,
});
const state = (brand: string, conversations: PageState["conversations"]): PageState => ({
  brand,
  replaced: [],
  phones: [],
  receipts: [],
  conversations,
});
const rows = (states: PageState[], seen: Record<string, string> = {}) =>
  inboxRows(
    Object.fromEntries(states.map((one) => [one.brand, one])),
    READY,
    (key) => seen[key] ?? "",
  );
const routed = { market: "Thailand", brand: "Retail_Thai" };

it("puts the customers of all brands into one list, newest first", () => {
  const phone = {
    customer: "สมชาย",
    userId: SOMCHAI,
    lines: [],
    loadingUntil: 0,
    hasBlocked: false,
  };
  const retail = state("retail", [
    conversation(
      "retail",
      SOMCHAI,
      [deskMessage({ id: "1", at: 10, text: "สวัสดี\nครับ", customAttributes: routed })],
      { nickname: "คุณสมชาย" },
    ),
  ]);
  const travel = state("travel", [
    conversation("travel", STRANGER, [
      deskMessage({ id: "2", at: 20, attachments: [{ mediaType: "Image", filename: "a.jpg" }] }),
    ]),
  ]);
  expect(rows([{ ...retail, phones: [phone] }, travel])).toMatchObject([
    {
      brand: "travel",
      customer: STRANGER,
      name: "Ubbbbb…",
      lastText: "[Image] a.jpg",
      lastAt: 20,
      unread: 1,
      queue: { name: "Default" },
    },
    {
      brand: "retail",
      customer: "สมชาย",
      name: "คุณสมชาย",
      lastText: "สวัสดี ครับ",
      unread: 1,
      queue: { name: "Retail_Thai" },
    },
  ]);
});

const talk = [
  deskMessage({ id: "1", at: 1 }),
  deskMessage({ id: "2", at: 2, direction: "Outbound", text: "ค่ะ" }),
  deskMessage({ id: "3", at: 3 }),
  deskMessage({ id: "4", at: 4 }),
];

it.each([
  ["all where none was seen", "", 3],
  ["those after the seen one", "1", 2],
  ["none where the last one was seen", "4", 0],
  ["all where the bridge was started again and the seen one is gone", "0", 3],
])("counts unread messages of the customer: %s", (_, id, unread) => {
  const states = [state("retail", [conversation("retail", SOMCHAI, talk)])];
  expect(rows(states, { [rowKey("retail", SOMCHAI)]: id })).toMatchObject([
    { unread, lastInboundId: "4" },
  ]);
});

it("has one row for all conversations of a customer, in the queue of the newest", () => {
  const first = conversation("retail", SOMCHAI, [
    deskMessage({ id: "1", at: 1, customAttributes: { market: "Thailand", brand: "Gone" } }),
  ]);
  const second = conversation("retail", SOMCHAI, [
    deskMessage({ id: "2", at: 2, direction: "Outbound", text: "ค่ะ" }),
    deskMessage({ id: "3", at: 3, customAttributes: routed }),
    // The flow has run by then.
    deskMessage({ id: "4", at: 4, customAttributes: {} }),
  ]);
  expect(rows([state("retail", [first, second])])).toMatchObject([
    { unread: 3, queue: { name: "Retail_Thai" } },
  ]);
});

it("shows a conversation without a message", () => {
  expect(rows([state("retail", [conversation("retail", SOMCHAI, [])])])).toMatchObject([
    { lastText: "", lastAt: 1, unread: 0, lastInboundId: undefined },
  ]);
});

it("finds by queue and by a part of the name or the user id", () => {
  const all = rows([
    state("retail", [
      conversation("retail", SOMCHAI, [deskMessage({ customAttributes: routed })], {
        nickname: "Somchai",
      }),
      conversation("retail", STRANGER, [deskMessage()]),
    ]),
  ]);
  const found = (queue: string, text: string) =>
    foundRows(all, { queue, text }).map(({ customerId }) => customerId);
  expect(found("", "")).toEqual([SOMCHAI, STRANGER]);
  expect(found("Retail_Thai", "")).toEqual([SOMCHAI]);
  expect(found("Default", "som")).toEqual([]);
  expect(found("", " SOMCH ")).toEqual([SOMCHAI]);
  expect(found("", "ubbb")).toEqual([STRANGER]);
});

it("says of a conversation that no flow took that it is in no queue", () => {
  const queueOf = (messages: Messages) => {
    const lost = conversation("retail", SOMCHAI, messages, { flow: undefined });
    return rows([state("retail", [lost])])[0]?.queue.name;
  };
  expect(queueOf([deskMessage({ id: "1", customAttributes: routed })])).toBe("Nowhere");
  // An agent or bot has begun it, so no flow had to run yet.
  expect(queueOf([deskMessage({ id: "1", direction: "Outbound" })])).toBe("Default");
});
