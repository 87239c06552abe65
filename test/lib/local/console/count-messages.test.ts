import { countInbound, countOutbound } from "../../../../lib/local/console/count-messages.ts";
import type { MessageWay, Origin, Outcome } from "../../../../lib/local/console/message-way.ts";
import { type Tally, tallyText } from "../../../../lib/local/console/tally.ts";
import type { DesktopMessage } from "../../../../lib/local/simulators/genesys/desktop.ts";
import type { ChatMessage } from "../../../../lib/local/simulators/line/chats.ts";

const NOW = 1_000_000;
const LONG_AGO = NOW - 200_000;
const USER = `U${"a".repeat(32)}`;

/** A line of the phone. */
function line(id: string, more: Partial<ChatMessage> = {}): ChatMessage {
  return { id, at: NOW, text: id, message: { type: "text" }, from: "customer", ...more };
}

/** A line of the desktop, with the ids of the platform that it comes from. */
function desk(
  direction: DesktopMessage["direction"],
  id: string,
  more: object = {},
): DesktopMessage {
  const content = { attachments: [], customAttributes: {}, metadata: {}, time: "" };
  return { id, at: NOW, conversationId: "c", direction, ...content, ...more };
}

function way(
  from: Origin,
  id: string,
  outcome: Outcome,
  more: Partial<MessageWay> = {},
): MessageWay {
  const steps: MessageWay["steps"] = [];
  const key = { brand: "retail", correlationId: from === "LINE" ? `event-${id}` : id, from };
  return { ...key, messageId: id, outcome, steps, leftOut: 0, ...more };
}

const parts = (count: number): Partial<MessageWay> => ({
  steps: [
    {
      at: NOW,
      service: "worker",
      level: "INFO",
      message: "Delivered to Genesys",
      fields: { parts: count },
    },
  ],
});

const NONE = {
  sent: 0,
  arrived: 0,
  underWay: 0,
  ignored: 0,
  parked: 0,
  blocked: 0,
  notTaken: 0,
  lost: 0,
  doubled: 0,
  outOfOrder: 0,
};

describe("customers' messages", () => {
  function counted(
    sent: (string | ChatMessage)[],
    arrived: string[],
    ways: MessageWay[] = [],
    since = 0,
  ): Tally {
    return countInbound({
      phones: [
        {
          userId: USER,
          hasBlocked: false,
          lines: sent.map((one) => (typeof one === "string" ? line(one) : one)),
        },
      ],
      conversations: [
        {
          customerId: USER,
          messages: arrived.map((messageId, index) => desk("Inbound", `g-${index}`, { messageId })),
        },
      ],
      ways,
      since,
      now: NOW,
    });
  }
  const done = (...ids: string[]) => ids.map((id) => way("LINE", id, "delivered"));

  it.each<[string, Tally, Partial<Tally>]>([
    ["nothing is sent", counted([], []), {}],
    ["all arrive", counted(["1", "2"], ["1", "2"], done("1", "2")), { sent: 2, arrived: 2 }],
    ["one is lost", counted(["1", "2"], ["2"], done("1", "2")), { sent: 2, arrived: 1, lost: 1 }],
    [
      "the bridge is done with it and has told nobody",
      counted(["1"], [], [way("LINE", "1", "finished")]),
      { sent: 1, lost: 1 },
    ],
    [
      "one is doubled",
      counted(["1", "2"], ["1", "1", "2"], done("1", "2")),
      { sent: 2, arrived: 2, doubled: 1 },
    ],
    [
      "two are swapped",
      counted(["1", "2", "3"], ["2", "1", "3"], done("1", "2", "3")),
      { sent: 3, arrived: 3, outOfOrder: 1 },
    ],
    [
      "an unsent message had arrived",
      counted([line("1", { isUnsent: true })], ["1", "event-of-unsend"], done("1")),
      { sent: 1, arrived: 1 },
    ],
    [
      "a tap shows words, but is no message",
      counted([line("1", { isTap: true })], ["event-of-tap"]),
      {},
    ],
    [
      "it comes in several parts",
      counted(
        ["1", "2"],
        ["1", "1#2", "1#3", "2"],
        [way("LINE", "1", "delivered", parts(3)), ...done("2")],
      ),
      { sent: 2, arrived: 2 },
    ],
    [
      "one of several parts is lost",
      counted(["1"], ["1", "1#3"], [way("LINE", "1", "delivered", parts(3))]),
      { sent: 1, lost: 1 },
    ],
    [
      "one of several parts is doubled",
      counted(["1"], ["1", "1#2", "1#2"], [way("LINE", "1", "delivered", parts(2))]),
      { sent: 1, arrived: 1, doubled: 1 },
    ],
    [
      "media comes late, behind a newer message",
      counted(["1", "2"], ["1", "2", "1#2"], done("1", "2")),
      { sent: 2, arrived: 2 },
    ],
    [
      "it is ignored on purpose",
      counted(["1"], [], [way("LINE", "1", "ignored")]),
      { sent: 1, ignored: 1 },
    ],
    ["it is parked", counted(["1"], [], [way("LINE", "1", "parked")]), { sent: 1, parked: 1 }],
    [
      "it is tried again, and others wait behind it",
      counted(["1", "2"], [], [way("LINE", "1", "trying again"), way("LINE", "2", "stored")]),
      { sent: 2, underWay: 2 },
    ],
    [
      "its webhook is refused, and LINE will send it again",
      counted(["1"], [], [way("LINE", "1", "refused")]),
      { sent: 1, underWay: 1 },
    ],
    ["no webhook has brought it yet", counted(["1"], []), { sent: 1, underWay: 1 }],
    [
      "no webhook has ever brought it",
      counted([line("1", { at: LONG_AGO })], []),
      { sent: 1, lost: 1 },
    ],
    [
      "it was sent before the ways that are kept",
      counted([line("1", { at: LONG_AGO }), "2"], ["1", "2"], done("2"), NOW),
      { sent: 1, arrived: 1 },
    ],
  ])("%s", (_, tally, expected) => {
    expect(tally).toEqual({ ...NONE, ...expected });
  });

  it("of different customers have no order among each other", () => {
    const phone = (userId: string, id: string) => ({
      userId,
      hasBlocked: false,
      lines: [line(id)],
    });
    const tally = countInbound({
      phones: [phone("U1", "1"), phone("U2", "2")],
      conversations: [
        { customerId: "U2", messages: [desk("Inbound", "g-1", { messageId: "2" })] },
        { customerId: "U1", messages: [desk("Inbound", "g-2", { messageId: "1" })] },
      ],
      ways: done("1", "2"),
      since: 0,
      now: NOW,
    });
    expect(tally).toMatchObject({ arrived: 2, outOfOrder: 0 });
  });
});

describe("agents' messages", () => {
  function counted(
    sent: (string | DesktopMessage)[],
    shown: string[],
    ways: MessageWay[] = [],
    hasBlocked = false,
  ): Tally {
    return countOutbound({
      phones: [
        {
          userId: USER,
          hasBlocked,
          lines: shown.map((id) => line(id, { from: "account" })),
        },
      ],
      conversations: [
        {
          customerId: USER,
          messages: sent.map((one) => (typeof one === "string" ? desk("Outbound", one) : one)),
        },
      ],
      ways,
      since: 0,
      now: NOW,
    });
  }
  /** LINE has accepted these messages of it, each as a part of its own. */
  const accepted = (id: string, ...ids: string[]) =>
    way("Genesys", id, "delivered", {
      sent: ids.map((one, index) => ({ part: String(index + 1), ids: [one] })),
    });
  const failed = desk("Outbound", "a", { status: "Failed" });

  it.each<[string, Tally, Partial<Tally>]>([
    [
      "all arrive",
      counted(["a", "b"], ["1", "2"], [accepted("a", "1"), accepted("b", "2")]),
      { sent: 2, arrived: 2 },
    ],
    [
      "it arrives in several parts",
      counted(["a"], ["1", "2"], [accepted("a", "1", "2")]),
      { sent: 1, arrived: 1 },
    ],
    ["a part is lost", counted(["a"], ["1"], [accepted("a", "1", "2")]), { sent: 1, lost: 1 }],
    [
      "it is doubled: LINE has accepted the same part twice",
      counted(
        ["a"],
        ["1", "2"],
        [
          way("Genesys", "a", "delivered", {
            sent: [
              { part: "1", ids: ["1"] },
              { part: "1", ids: ["2"] },
            ],
          }),
        ],
      ),
      { sent: 1, arrived: 1, doubled: 1 },
    ],
    [
      "two are swapped",
      counted(["a", "b"], ["2", "1"], [accepted("a", "1"), accepted("b", "2")]),
      { sent: 2, arrived: 2, outOfOrder: 1 },
    ],
    [
      "the bridge knows that the customer has blocked the account",
      counted(["a"], [], [way("Genesys", "a", "not pushed")], true),
      { sent: 1, blocked: 1 },
    ],
    [
      "LINE accepts it and does not show it, because the customer has blocked the account",
      counted(["a"], [], [accepted("a", "1")], true),
      { sent: 1, blocked: 1 },
    ],
    ["it is parked", counted(["a"], [], [way("Genesys", "a", "parked")]), { sent: 1, parked: 1 }],
    [
      "it is tried again",
      counted(["a"], [], [way("Genesys", "a", "trying again")]),
      { sent: 1, underWay: 1 },
    ],
    [
      "nobody knows a reply's ids, and the function says that it was delivered",
      counted(["a"], ["1"], [way("Genesys", "a", "delivered")]),
      { sent: 1, arrived: 1 },
    ],
    [
      "the bridge is done with it and LINE has never had it",
      counted(["a"], [], [way("Genesys", "a", "finished")]),
      { sent: 1, lost: 1 },
    ],
    [
      "Genesys Cloud sends it twice, and it arrives once",
      counted(["a", "a"], ["1"], [accepted("a", "1")]),
      { sent: 1, arrived: 1 },
    ],
    ["its webhook was not taken", counted([failed], []), { sent: 1, notTaken: 1 }],
    [
      "its webhook is refused, and Genesys Cloud tries again",
      counted(["a"], [], [way("Genesys", "a", "refused")]),
      { sent: 1, underWay: 1 },
    ],
    [
      "its webhook is refused for good",
      counted([failed], [], [way("Genesys", "a", "refused")]),
      { sent: 1, notTaken: 1 },
    ],
  ])("%s", (_, tally, expected) => {
    expect(tally).toEqual({ ...NONE, ...expected });
  });
});

it.each<[Partial<Tally>, string]>([
  [{ sent: 12, arrived: 12 }, "12 sent, 12 arrived, none lost, doubled or out of order"],
  [
    { sent: 5, arrived: 1, underWay: 2, parked: 1, ignored: 1, lost: 1, doubled: 1, outOfOrder: 1 },
    "5 sent, 1 arrived, 1 lost, 1 doubled, 1 out of order, still on its way: 2, among the dead letters: 1, ignored on purpose: 1",
  ],
])("is told in words: %j", (tally, text) => {
  expect(tallyText({ ...NONE, ...tally })).toBe(text);
});
